import type { ServiceDeployment } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { attempt } from '../watch/attempt.ts'
import { belongsTo, primaryOf } from './identity.ts'

export interface WhyStopped {
  /** The deployment that is PRIMARY now: `ecs-svc/M`. What was `detected` had failed before that took over. */
  supersededBy: string | undefined
  /** The circuit breaker or an alarm ended it, and no rollback was asked for. */
  detected: boolean
}

export interface WhyStoppedOptions {
  calls: Pick<ReleaseCalls, 'service'>
  clock: Clock
  trouble: (error: unknown) => void
  signal?: AbortSignal | undefined
}

const pause = 3000
/** A new deployment was seen to be missing from DescribeServices for up to nine seconds (ecs-model 6.2). */
const looks = 5

/**
 * Why a deployment is STOPPED: ECS has one status for being superseded, failing without rollback, and being stopped. What its own circuit
 * breaker or alarm says is certain, whoever has deployed since.
 */
export async function whyStopped(
  deployment: ServiceDeployment,
  { calls, clock, trouble, signal }: WhyStoppedOptions,
): Promise<WhyStopped> {
  let detected =
    deployment.circuitBreaker?.status === 'TRIGGERED' || deployment.alarms?.status === 'TRIGGERED'
  for (let look = 1; ; look++) {
    const service = await attempt(calls.service, trouble)
    const primary = service && primaryOf(service)
    if (primary !== undefined && !belongsTo(deployment.targetServiceRevisionArn, primary.id)) {
      return { supersededBy: primary.id, detected }
    }
    detected ||= primary?.rolloutState === 'FAILED'
    if (detected || look === looks) return { supersededBy: undefined, detected }
    await clock.sleep(pause, signal)
  }
}
