import type { Cluster, Service, ServiceRevision, Task } from '../model.ts'

/** Counts as `deployments[]`, services and clusters show them. */
export interface TaskCounts {
  running: number
  pending: number
}

/** The same of a revision, with how many there are to be. */
interface RevisionCounts extends TaskCounts {
  requested: number
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

/** The tasks of a revision as they are now; none are asked for once its deployment has left `deployments[]`. */
export function revisionCounts(service: Service, { number }: ServiceRevision): RevisionCounts {
  const id = `ecs-svc/${number}`
  const requested = service.deployments.find((deployment) => deployment.id === id)?.desiredCount ?? 0
  return { requested, ...taskCounts(service, id) }
}

/** All tasks of a cluster. */
export function clusterTaskCounts(cluster: Cluster): TaskCounts {
  return count(cluster.tasks.values())
}
