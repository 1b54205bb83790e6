import type { Service, ServiceDeployment, Task, TaskNetwork } from '../../aws/ecs-model.ts'
import type { TargetGroup, TargetHealth } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'

/** What was seen of a deployment that did not succeed. */
export interface Observed {
  /** `ecs-svc/N` */
  deploymentId: string
  /** undefined when ECS never listed it. */
  deployment: ServiceDeployment | undefined
  service: Service
  targets: readonly TargetHealth[]
  /** Of the whole service, running and stopped. */
  tasks: readonly Task[]
  /** The task definition that was deployed. */
  definition: JsonObject
  /** Ids of the service events from before the deployment. */
  earlierEvents: ReadonlySet<string>
}

/** What is diagnosed: what was seen, and what was looked up to explain it, as far as that could be read. */
export interface Scene extends Observed {
  /** Of the service's load balancers. */
  targetGroups: readonly TargetGroup[]
  /** Ports that images declare, by container. A container is missing where it is not known. */
  exposed: ReadonlyMap<string, readonly number[]>
  /** The end of the log of the container that is suspected; for conclusions only, as it may not be wanted in the open. */
  lines: readonly string[]
}

/** Tasks that this deployment started. */
export function ownTasks({ tasks, deploymentId }: Observed): Task[] {
  return tasks.filter(({ startedBy }) => startedBy === deploymentId)
}

/**
 * Own tasks that failed: stopped, though neither by a person nor because the service needed fewer.
 * Source: Amazon ECS, "Stopped task error messages": `Scaling activity initiated by (deployment …)`.
 */
export function failedTasks(observed: Observed): Task[] {
  return ownTasks(observed).filter(
    ({ desiredStatus, stopCode, stoppedReason }) =>
      desiredStatus === 'STOPPED' &&
      stopCode !== 'UserInitiated' &&
      !(stoppedReason ?? '').startsWith('Scaling activity initiated by'),
  )
}

/** Messages of the deployment's time that are about its own tasks. */
export function eventsOfOwnTasks(observed: Observed): string[] {
  const ids = ownTasks(observed).map(({ id }) => `(task ${id})`)
  return eventsSince(observed).filter((message) => ids.some((id) => message.includes(id)))
}

/**
 * Messages of the deployment's time that may have to do with it: not those that name only tasks, or deployments, of others.
 * ECS names a task `(task ID)` and a deployment `(deployment ecs-svc/N)`.
 */
export function relevantEvents(observed: Observed): string[] {
  const own = new Set([observed.deploymentId, ...ownTasks(observed).map(({ id }) => id)])
  return eventsSince(observed).filter((message) => {
    const named = [...message.matchAll(/\((?:task|deployment) ([^)]+)\)/g)].map(([, name]) => name ?? '')
    return named.length === 0 || named.some((name) => own.has(name))
  })
}

/** The service's events of the deployment's time, oldest first. */
export function eventsSince({ service, earlierEvents }: Observed): string[] {
  return service.events
    .filter(({ id }) => !earlierEvents.has(id))
    .toReversed()
    .map(({ message }) => message)
}

/** Where the tasks of the deployment have their network interfaces; where it is listed no more, those of the service. */
export function ownNetwork({ deploymentId, service }: Observed): TaskNetwork | undefined {
  const { deployments } = service
  return (deployments.find(({ id }) => id === deploymentId) ?? deployments[0])?.network
}
