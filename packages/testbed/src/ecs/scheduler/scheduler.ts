import type { JsonObject } from '../../wire/json.ts'
import type { Service, ServiceDeployment, Task, TaskDefinition } from '../model.ts'

/** What an UpdateService call changes, after validation. Absent members stay as they are. */
export interface ServiceChange {
  taskDefinition?: TaskDefinition
  forceNewDeployment?: boolean
  desiredCount?: number
  minimumHealthyPercent?: number
  maximumPercent?: number
  circuitBreaker?: Service['circuitBreaker']
  healthCheckGracePeriodSeconds?: number
  loadBalancers?: Service['loadBalancers']
  /** Members kept in `service.raw`; those of ecs-model.md 3.1 that start a deployment do so when they differ. */
  raw?: JsonObject
}

/** The part of ECS that acts. The API layer validates, then calls these; each returns at once and the work goes on with the clock. */
export interface Scheduler extends AsyncDisposable {
  /** Takes over a service that the API layer has put into its cluster, and starts its first deployment. */
  createService(service: Service, taskDefinition: TaskDefinition): void
  /** Applies a change; starts a new deployment where ECS would (ecs-model.md 3.1), superseding one in progress. */
  updateService(service: Service, change: ServiceChange): void
  /** Scales to nothing and marks DRAINING, then INACTIVE. */
  deleteService(service: Service): void
  /** StopTask: deregisters, SIGTERM, `stopTimeout`, SIGKILL; the service replaces the task. */
  stopTask(task: Task, reason: string | undefined): void
  /** StopServiceDeployment with stop type ROLLBACK on a deployment that is not terminal (ecs-model.md 5.5). */
  rollBack(service: Service, deployment: ServiceDeployment): void
}
