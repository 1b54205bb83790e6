import type { ServiceDeploymentBrief } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { attempt, isThrottled } from '../watch/attempt.ts'
import { nextLookIn } from '../watch/pace.ts'
import { belongsTo } from './identity.ts'

export interface CorrelateOptions {
  calls: Pick<ReleaseCalls, 'deploymentsSince'>
  clock: Clock
  /** Milliseconds since the epoch on `clock`; the last look is then. */
  deadline: number
  /** Told of transient errors. */
  trouble: (error: unknown) => void
  signal?: AbortSignal | undefined
  /** From 0 to 1, for the spread of the looks. */
  random?: (() => number) | undefined
}

/**
 * The service deployment that belongs to `ecs-svc/N`: the one whose target service revision ends in `/N`. It is looked for
 * from the server's own creation time on, never from this machine's, and again while ECS does not list it yet.
 * `currentServiceDeployment` of the service is no help, as it can still name the one before.
 * Returns undefined when it is not listed by the deadline.
 */
export async function correlate(
  deployment: { id: string; createdAt: Date },
  { calls, clock, deadline, trouble, signal, random }: CorrelateOptions,
): Promise<ServiceDeploymentBrief | undefined> {
  const createdAfter = new Date(deployment.createdAt.getTime() - 1000)
  const start = clock.now()
  let throttled = 0
  for (let looks = 1; ; looks++) {
    const last = clock.now() >= deadline
    let refused = false
    const listed = await attempt(
      () => calls.deploymentsSince(createdAfter),
      (error) => {
        refused = isThrottled(error)
        trouble(error)
      },
    )
    throttled = refused ? throttled + 1 : 0
    const found = listed?.find((brief) => belongsTo(brief.targetServiceRevisionArn, deployment.id))
    if (found !== undefined || last) return found
    const now = clock.now()
    const progress = { looks, elapsed: now - start, remaining: deadline - now, throttled }
    await clock.sleep(nextLookIn(progress, random), signal)
  }
}
