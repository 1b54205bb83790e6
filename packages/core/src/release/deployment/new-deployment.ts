import type { Deployment, Service } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls, ServiceUpdate } from '../calls.ts'
import { attempt } from '../watch/attempt.ts'
import { primaryOf } from './identity.ts'

export interface NewDeploymentOptions {
  calls: Pick<ReleaseCalls, 'service'>
  clock: Clock
  trouble: (error: unknown) => void
  signal?: AbortSignal | undefined
}

const pause = 3000
const looks = 5

/** Whether an update has to start a deployment. Source: API reference, UpdateService, the note on each parameter. */
export function mustDeploy(before: Service, change: ServiceUpdate): boolean {
  const other = change.taskDefinition !== undefined && change.taskDefinition !== before.taskDefinitionArn
  return change.forceNewDeployment === true || other
}

/** Whether a deployment that is PRIMARY now can be the one that an update has started, and not one that somebody else has. */
export function isStartedBy(
  primary: Deployment | undefined,
  before: Service,
  change: ServiceUpdate,
): boolean {
  if (primary === undefined || primary.id === primaryOf(before)?.id || !mustDeploy(before, change))
    return false
  return primary.taskDefinitionArn === (change.taskDefinition ?? before.taskDefinitionArn)
}

/**
 * The PRIMARY deployment after an update, and whether the update started it. Where it had to and the answer still shows the
 * one before, ECS is asked again for some seconds, as its answers lag behind.
 */
export async function deploymentAfter(
  before: Service,
  answer: Service,
  change: ServiceUpdate,
  { calls, clock, trouble, signal }: NewDeploymentOptions,
): Promise<{ service: Service; primary: Deployment | undefined; isNew: boolean }> {
  let service = answer
  for (let look = 0; ; look++) {
    const primary = primaryOf(service)
    const isNew = isStartedBy(primary, before, change)
    if (isNew || !mustDeploy(before, change) || look === looks) return { service, primary, isNew }
    await clock.sleep(pause, signal)
    service = (await attempt(calls.service, trouble)) ?? service
  }
}
