import { isTransient } from '../../aws/errors.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { isThrottled } from '../watch/attempt.ts'
import { isFailing, isTerminal } from './status.ts'

/** What one call of StopServiceDeployment did; `unknown` where its answer is lost and no look tells. */
export type Stopping = 'told' | 'over' | 'unknown'

export interface StopOnceOptions {
  calls: Pick<ReleaseCalls, 'stopOnce' | 'deployment'>
  clock: Clock
  /** Told of the answer that got lost. */
  trouble: (error: unknown) => void
}

/** Milliseconds between looks. A cancelled step is killed after ten seconds. */
const pauses: readonly number[] = [500, 1000]

/**
 * Tells ECS to roll a deployment back, by one request whatever happens: where its answer is lost, DescribeServiceDeployments tells what
 * became of it. Throws what AWS refused it with.
 */
export async function stopOnce(arn: string, { calls, clock, trouble }: StopOnceOptions): Promise<Stopping> {
  try {
    return (await calls.stopOnce(arn)) ? 'told' : 'over'
  } catch (error) {
    // A throttled call did nothing.
    if (!isTransient(error) || isThrottled(error)) throw error
    trouble(error)
  }
  for (let look = 0; ; look++) {
    const status = await calls.deployment(arn).then(
      (deployment) => deployment.status,
      () => '',
    )
    if (status === 'STOP_REQUESTED' || isFailing(status)) return 'told'
    if (isTerminal(status)) return 'over'
    const pause = pauses[look]
    if (pause === undefined) return 'unknown'
    await clock.sleep(pause)
  }
}
