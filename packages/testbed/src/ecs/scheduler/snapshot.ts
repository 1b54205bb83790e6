import type { Deployment, Service, ServiceDeploymentStatus, Task, TaskStatus } from '../model.ts'

/** What the invariants compare of a task. */
export interface TaskSnapshot {
  deployment: string
  status: TaskStatus
  desired: Task['desiredStatus']
  healthy: boolean
  draining: boolean
  stopCode: string | undefined
}

/** What the invariants compare of a service: copies, so that a later change does not show in them. */
export interface ServiceSnapshot {
  status: Service['status']
  deployments: { id: string; status: Deployment['status'] }[]
  serviceDeployments: Map<string, ServiceDeploymentStatus>
  tasks: Map<string, TaskSnapshot>
  events: number
}

export function snapshot(service: Service): ServiceSnapshot {
  const tasks = new Map<string, TaskSnapshot>()
  for (const task of service.cluster.tasks.values()) {
    if (task.service === service) tasks.set(task.id, taskSnapshot(task))
  }
  return {
    status: service.status,
    deployments: service.deployments.map(({ id, status }) => ({ id, status })),
    serviceDeployments: new Map(service.serviceDeployments.map(({ arn, status }) => [arn, status])),
    tasks,
    events: service.events.length,
  }
}

function taskSnapshot(task: Task): TaskSnapshot {
  return {
    deployment: task.startedBy,
    status: task.lastStatus,
    desired: task.desiredStatus,
    healthy: task.countedHealthy === true,
    draining: task.drainingSince !== undefined,
    stopCode: task.stopCode,
  }
}

/** Whether a task serves: running, healthy and not on its way out. */
export function serving({ status, desired, healthy, draining }: TaskSnapshot): boolean {
  return status === 'RUNNING' && desired === 'RUNNING' && healthy && !draining
}
