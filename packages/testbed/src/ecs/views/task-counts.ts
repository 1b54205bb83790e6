import type { Cluster, Service, Task } from '../model.ts'

/** Counts as `deployments[]`, services and clusters show them. */
export interface TaskCounts {
  running: number
  pending: number
}

const starting: readonly Task['lastStatus'][] = ['PROVISIONING', 'PENDING', 'ACTIVATING']

function count(tasks: Iterable<Task>): TaskCounts {
  const counts: TaskCounts = { running: 0, pending: 0 }
  for (const task of tasks) {
    if (task.lastStatus === 'RUNNING') counts.running += 1
    else if (task.desiredStatus === 'RUNNING' && starting.includes(task.lastStatus)) counts.pending += 1
  }
  return counts
}

/** The tasks of one deployment, or of the whole service when no id is given. */
export function taskCounts(service: Service, deploymentId?: string): TaskCounts {
  const own = [...service.cluster.tasks.values()].filter((task) => task.service === service)
  return count(deploymentId === undefined ? own : own.filter((task) => task.startedBy === deploymentId))
}

/** All tasks of a cluster. */
export function clusterTaskCounts(cluster: Cluster): TaskCounts {
  return count(cluster.tasks.values())
}
