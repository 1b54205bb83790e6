import type { Service, ServiceDeployment } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { listedLook } from '../deployment/listed-look.ts'
import { hasStarted, isFailing, isTerminal } from '../deployment/status.ts'
import { type Details, detailsReader } from './details.ts'
import { poll } from './poll.ts'

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
  const { calls, clock, deadline, deploymentArn, observer, random, signal, startedAt } = options
  const readDetails = detailsReader(options)
  const judge = judging(options)
  let view: View | undefined
  const settle = async (deployment: ServiceDeployment): Promise<WatchEnd | undefined> => {
    view = { deployment, ...(await readDetails(deployment)), elapsed: clock.now() - startedAt }
    await observer.look(view)
    return judge(view)
  }
  const { trouble } = observer
  const end = await poll(listedLook(calls, clock, deploymentArn), settle, {
    clock,
    deadline,
    trouble,
    signal,
    random,
  })
  return end ?? { kind: 'timed-out', view }
}

/** What a look means for the wait; undefined for one that has to go on. */
function judging({ observer, until }: WatchOptions): (view: View) => Promise<WatchEnd | undefined> {
  let told = false
  return async (view) => {
    const { status } = view.deployment
    const failing = isFailing(status)
    if (failing && !told) {
      told = true
      await observer.failing(view)
    }
    if (until === 'started' && hasStarted(status)) return { kind: 'started', view }
    if (isTerminal(status)) return { kind: 'ended', view }
    if (!failing && (await observer.hopeless?.(view))) return { kind: 'given-up', view }
    return undefined
  }
}
