import type { ServiceDeployment, ServiceDeploymentStatus, Task, TaskStatus } from '../model.ts'

type Edges<State extends string> = Readonly<Record<State, readonly State[]>>

/** Developer Guide, "Amazon ECS task lifecycle". A task that never ran skips to DEPROVISIONING (assumed, ecs-model.md 1.1). */
export const taskEdges: Edges<TaskStatus> = {
  PROVISIONING: ['PENDING', 'DEPROVISIONING'],
  PENDING: ['ACTIVATING', 'DEPROVISIONING'],
  ACTIVATING: ['RUNNING', 'DEPROVISIONING'],
  RUNNING: ['DEACTIVATING'],
  DEACTIVATING: ['STOPPING'],
  STOPPING: ['DEPROVISIONING'],
  DEPROVISIONING: ['STOPPED'],
  STOPPED: [],
}

/** API Reference, "ServiceDeployment", and the Developer Guide page on service deployments (ecs-model.md 5.1). */
export const serviceDeploymentEdges: Edges<ServiceDeploymentStatus> = {
  PENDING: ['IN_PROGRESS', 'ROLLBACK_REQUESTED', 'STOP_REQUESTED', 'STOPPED'],
  IN_PROGRESS: ['SUCCESSFUL', 'STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'STOPPED'],
  STOP_REQUESTED: ['STOPPED'],
  ROLLBACK_REQUESTED: ['ROLLBACK_IN_PROGRESS', 'SUCCESSFUL', 'STOPPED'],
  ROLLBACK_IN_PROGRESS: ['ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'],
  SUCCESSFUL: [],
  STOPPED: [],
  ROLLBACK_SUCCESSFUL: [],
  ROLLBACK_FAILED: [],
}

/** Whether a status leads to no other. */
export function isTerminal(status: ServiceDeploymentStatus): boolean {
  return serviceDeploymentEdges[status].length === 0
}

/** Whether `to` can be reached from `from`, in no, one or more moves. */
export function reaches<State extends string>(edges: Edges<State>, from: State, to: State): boolean {
  return from === to || edges[from].some((next) => reaches(edges, next, to))
}

/** Moves a task along an edge; `version` counts the changes, as DescribeTasks shows. */
export function moveTask(task: Task, to: TaskStatus): void {
  if (!taskEdges[task.lastStatus].includes(to)) {
    throw new Error(`task ${task.id} cannot go from ${task.lastStatus} to ${to}`)
  }
  task.lastStatus = to
  task.version += 1
}

/** Moves a service deployment along an edge. */
export function moveServiceDeployment(
  deployment: ServiceDeployment,
  to: ServiceDeploymentStatus,
  at: number,
): void {
  if (!serviceDeploymentEdges[deployment.status].includes(to)) {
    throw new Error(`${deployment.arn} cannot go from ${deployment.status} to ${to}`)
  }
  deployment.status = to
  deployment.updatedAt = at
}
