import type { Service } from '../../aws/ecs-model.ts'
import type { ReleaseCalls, ServiceUpdate } from '../calls.ts'
import { type TakeEffectOptions, takeEffect } from '../take-effect.ts'
import { primaryOf } from './identity.ts'
import { isStartedBy, mustDeploy } from './new-deployment.ts'

export interface UpdateOnceOptions
  extends Pick<TakeEffectOptions<Service>, 'clock' | 'deadline' | 'signal' | 'trouble' | 'random'> {
  calls: Pick<ReleaseCalls, 'service' | 'update'>
}

/**
 * Updates the service once: where the answer of UpdateService got lost, DescribeServices tells whether it took effect, as a
 * second update would start, and wait for, a second deployment.
 */
export function updateOnce(
  before: Service,
  change: ServiceUpdate,
  { calls, ...options }: UpdateOnceOptions,
): Promise<Service> {
  return takeEffect({
    ...options,
    send: () => calls.update(change),
    async effect() {
      const now = await calls.service()
      return shows(before, now, change) ? now : undefined
    },
  })
}

/** Whether a service is as the change would have left it. */
function shows(before: Service, now: Service, change: ServiceUpdate): boolean {
  if (mustDeploy(before, change) && !isStartedBy(primaryOf(now), before, change)) return false
  const { desiredCount = now.desiredCount, taskDefinition = now.taskDefinitionArn } = change
  return now.desiredCount === desiredCount && now.taskDefinitionArn === taskDefinition
}
