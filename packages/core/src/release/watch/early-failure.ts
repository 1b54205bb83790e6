import { ActionError } from '../../action/action-error.ts'
import type { Task } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { belongsTo } from '../deployment/identity.ts'
import { failedTasks, type Observed, ownTasks } from '../diagnose/observed.ts'
import { type StoppedGroup, stoppedGroups } from '../diagnose/stopped-groups.ts'
import { attempt } from './attempt.ts'
import { everHealthy, isRunning, outlived } from './ever-healthy.ts'
import { newTargets } from './new-targets.ts'
import type { View } from './watch.ts'

export interface EarlyFailureOptions {
  calls: Pick<ReleaseCalls, 'tasks'>
  clock: Clock
  /** `ecs-svc/N` */
  deploymentId: string
  /** The task definition that is deployed. */
  definition: JsonObject
  /** How many identical failures are enough; `Infinity` bears any number. */
  limit: number
  trouble: (error: unknown) => void
}

/** Notices that the tasks of a deployment fail alike, again and again, before any of them has been healthy. */
export interface EarlyFailure {
  /** Remembers what each look shows of targets. Costs no call. */
  look(view: View): void
  /**
   * Asked after a look: the failures, once there are enough of them that the rest of the wait would tell nothing new. A deployment that
   * goes well costs no further calls.
   */
  failures(view: View): Promise<StoppedGroup | undefined>
  /** Looks again, after failures were found. undefined when AWS did not answer. */
  prospect(view: View): Promise<Prospect | undefined>
}

/**
 * What there is to wait for: a task is, or has been, `healthy`; one has `outlived` those that failed, which will be healthy or fail as
 * well and count; or `none`.
 */
export type Prospect = 'healthy' | 'outlived' | 'none'

export function earlyFailure(options: EarlyFailureOptions): EarlyFailure {
  const { clock, limit } = options
  const read = taskReader(options)
  const worthReading = suspicion(clock)
  const targetsOf = newTargets()
  let healthy = false
  let targets: View['targets'] = []
  const doubt = newDoubt(clock)
  const seenOf = async (view: View, stopped: readonly Task[] | undefined): Promise<Seen | undefined> => {
    if (stopped === undefined) return undefined
    const running = await read('RUNNING')
    if (running === undefined) return undefined
    const observed = observedOf(view, [...stopped, ...running], options)
    const tasks = ownTasks(observed)
    healthy = everHealthy({ ...view, tasks, targets }, options)
    const prospect = healthy
      ? 'healthy'
      : outlived(failedTasks(observed), tasks, clock.now())
        ? 'outlived'
        : 'none'
    return { prospect, running: tasks.filter(isRunning).map(({ id }) => id) }
  }
  return {
    look(view) {
      targets = targetsOf(view)
    },
    async failures(view) {
      const worth = worthReading(view) || doubt.isOpen()
      if (healthy || limit === Infinity || !worth) return undefined
      const stopped = (await read('STOPPED')) ?? []
      const group = mostFrequent(observedOf(view, stopped, options))
      if (group === undefined || group.count < limit) return undefined
      const seen = await seenOf(view, stopped)
      if (seen === undefined) return undefined
      if (seen.prospect === 'none') return doubt.remains(seen.running) ? undefined : group
      doubt.end()
      return undefined
    },
    async prospect(view) {
      return (await seenOf(view, await read('STOPPED')))?.prospect
    },
  }
}

interface Seen {
  prospect: Prospect
  /** Ids of the own tasks that run. */
  running: readonly string[]
}

/** So long the tasks that run when enough have failed get to fail as well, or to outlive them. Milliseconds. */
const settling = 15_000

/** Whether those that fail alike may yet turn out to be the exception: of those that ran with them, given by their ids, some still do. */
function newDoubt(clock: Clock): {
  isOpen(): boolean
  remains(running: readonly string[]): boolean
  end(): void
} {
  let held: { since: number; first: readonly string[] } | undefined
  return {
    isOpen: () => held !== undefined,
    remains(running) {
      held ??= { since: clock.now(), first: running }
      const { first, since } = held
      const left = running.some((id) => first.includes(id)) && clock.now() - since < settling
      if (!left) held = undefined
      return left
    },
    end() {
      held = undefined
    },
  }
}

/** Reads tasks; undefined when AWS did not answer. Who may not read them waits for what ECS says: failing early is a help and no duty. */
function taskReader({
  calls,
  trouble,
}: EarlyFailureOptions): (desired: 'RUNNING' | 'STOPPED') => Promise<readonly Task[] | undefined> {
  let denied = false
  return async (desired) => {
    if (denied) return undefined
    try {
      return await attempt(() => calls.tasks(desired), trouble)
    } catch (error) {
      if (!(error instanceof ActionError) || error.code !== 'access-denied') throw error
      denied = true
      trouble(error)
      return undefined
    }
  }
}

/** Two reads of the stopped tasks are at least so far apart. Milliseconds. */
const readsEvery = 10_000

/**
 * Whether something has stopped since the last read. ECS's own count of failed tasks lags behind by half a minute, so fewer tasks than
 * there have been are a sign as well.
 */
function suspicion(clock: Clock): (view: View) => boolean {
  let most = 0
  let failuresRead = 0
  let stopped = false
  let readAt = -Infinity
  return (view) => {
    const { runningTaskCount, pendingTaskCount } = view.deployment
    const alive = runningTaskCount + pendingTaskCount
    const failures = failuresOf(view)
    stopped ||= failures > failuresRead || alive < most
    most = Math.max(most, alive)
    if (!stopped || clock.now() - readAt < readsEvery) return false
    readAt = clock.now()
    failuresRead = failures
    most = alive
    stopped = false
    return true
  }
}

function mostFrequent(observed: Observed): StoppedGroup | undefined {
  return failedTasks(observed).length === 0 ? undefined : stoppedGroups(observed)[0]
}

function observedOf(
  view: View,
  tasks: readonly Task[],
  { deploymentId, definition }: EarlyFailureOptions,
): Observed {
  return { ...view, tasks, deploymentId, definition, earlierEvents: new Set() }
}

function failuresOf({ deployment, service }: View): number {
  const own = service.deployments.find(({ id }) => belongsTo(deployment.targetServiceRevisionArn, id))
  return Math.max(deployment.circuitBreaker?.failureCount ?? 0, own?.failedTasks ?? 0)
}
