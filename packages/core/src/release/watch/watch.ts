import { ActionError } from '../../action/action-error.ts'
import type { Service, ServiceDeployment } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { hasStarted, isFailing, isTerminal } from '../deployment/status.ts'
import { attempt, isThrottled } from './attempt.ts'
import { type Details, detailsReader } from './details.ts'
import { nextLookIn } from './pace.ts'

export type WaitUntil = 'completed' | 'started'

/** What is known of the deployment at one moment. */
export interface View extends Details {
  deployment: ServiceDeployment
  /** Milliseconds since UpdateService. */
  elapsed: number
}

export interface Observer {
  /** After every look. */
  look(view: View): void | Promise<void>
  /** Once, as soon as the deployment has failed, while its stopped tasks can still be described. */
  failing(view: View): Promise<void>
  /** Whether waiting on is pointless; asked after each look at a deployment that goes on. */
  hopeless?(view: View): Promise<boolean>
  /** A transient error; the wait goes on. */
  trouble(error: unknown): void
}

export interface WatchOptions {
  calls: Pick<ReleaseCalls, 'deployment' | 'service' | 'targets'>
  clock: Clock
  deploymentArn: string
  /** As UpdateService answered it. */
  service: Service
  /** When UpdateService was called: milliseconds since the epoch on `clock`. */
  startedAt: number
  deadline: number
  until: WaitUntil
  observer: Observer
  signal?: AbortSignal | undefined
  /** From 0 to 1, for the spread of the looks. */
  random?: (() => number) | undefined
}

/** `view` is the last look; it is missing when none of them was answered. */
export type WatchEnd =
  | { kind: 'ended' | 'started' | 'given-up'; view: View }
  | { kind: 'timed-out'; view: View | undefined }

/** Looks at the service deployment until it has ended, has started (when that is enough), or the deadline has come. */
export async function watch(options: WatchOptions): Promise<WatchEnd> {
  const { clock, deadline, observer, until, signal } = options
  const readDetails = detailsReader(options)
  const begin = clock.now()
  let view: View | undefined
  let told = false
  let throttled = 0
  for (let looks = 1; ; looks++) {
    const last = clock.now() >= deadline
    let refused = false
    const deployment = await lookAt(options, begin, (error) => {
      refused = isThrottled(error)
      observer.trouble(error)
    })
    throttled = refused ? throttled + 1 : 0
    if (deployment !== undefined) {
      view = { deployment, ...(await readDetails(deployment)), elapsed: clock.now() - options.startedAt }
      await observer.look(view)
      if (!told && isFailing(deployment.status)) {
        told = true
        await observer.failing(view)
      }
      if (until === 'started' && hasStarted(deployment.status)) return { kind: 'started', view }
      if (isTerminal(deployment.status)) return { kind: 'ended', view }
      if (!isFailing(deployment.status) && (await observer.hopeless?.(view)))
        return { kind: 'given-up', view }
    }
    if (last) return { kind: 'timed-out', view }
    const now = clock.now()
    const progress = { looks, elapsed: now - begin, remaining: deadline - now, throttled }
    await clock.sleep(nextLookIn(progress, options.random), signal)
  }
}

/** ECS is eventually consistent: a deployment that it has just listed may be unknown to the describing call for a while. */
const unknownAtFirst = 60_000

async function lookAt(
  { calls, clock, deploymentArn }: WatchOptions,
  begin: number,
  trouble: Observer['trouble'],
): Promise<ServiceDeployment | undefined> {
  try {
    return await attempt(() => calls.deployment(deploymentArn), trouble)
  } catch (error) {
    const early = clock.now() - begin < unknownAtFirst
    if (early && error instanceof ActionError && error.code === 'not-found') return undefined
    throw error
  }
}
