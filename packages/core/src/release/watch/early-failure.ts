import type { Task } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { belongsTo } from '../deployment/identity.ts'
import { failedTasks, type Observed, ownTasks } from '../diagnose/observed.ts'
import { type StoppedGroup, stoppedGroups } from '../diagnose/stopped-groups.ts'
import { attempt } from './attempt.ts'
import { everHealthy } from './ever-healthy.ts'
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

/**
 * Notices that the tasks of a deployment fail alike, again and again, before any of them has been healthy: the rest of the wait would
 * tell nothing new. Asked after each look; answers with the failures once there are enough. A deployment that goes well costs no
 * further calls.
 */
export function earlyFailure(
  options: EarlyFailureOptions,
): (view: View) => Promise<StoppedGroup | undefined> {
  const { calls, limit, trouble } = options
  const worthReading = suspicion(options.clock)
  const isNew = newTargets()
  return async (view) => {
    const targets = isNew(view)
    if (limit === Infinity || !worthReading(view)) return undefined
    const stopped = await attempt(() => calls.tasks('STOPPED'), trouble)
    const group = stopped && mostFrequent(observedOf(view, stopped, options))
    if (group === undefined || group.count < limit) return undefined
    const running = await attempt(() => calls.tasks('RUNNING'), trouble)
    if (running === undefined) return undefined
    const tasks = ownTasks(observedOf(view, [...(stopped ?? []), ...running], options))
    return everHealthy({ ...view, tasks, targets }, options) ? undefined : group
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

/** The targets of each look that were not healthy already at the first, which are those of the deployment before. */
function newTargets(): (view: View) => View['targets'] {
  let before: ReadonlySet<string> | undefined
  return ({ targets }) => {
    before ??= new Set(targets.filter(({ state }) => state === 'healthy').map(({ id }) => id))
    const old = before
    return targets.filter(({ id }) => !old.has(id))
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
