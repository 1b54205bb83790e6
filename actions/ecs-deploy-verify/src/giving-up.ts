import {
  earlyFailure,
  type Finding,
  gaveUp,
  type JsonObject,
  type StoppedGroup,
  type View,
} from '@ecs-release/core'
import type { Started } from './deploy.ts'
import { stoppedLines } from './diagnosis-text.ts'
import type { Run } from './run.ts'

/** So long ECS gets to end by itself what its circuit breaker is about to end. Milliseconds. */
const forTheBreaker = 120_000

interface Watching {
  calls: Pick<Run['calls'], 'tasks'>
  clock: Run['clock']
  log: Pick<Run['log'], 'info'>
  trouble: Run['trouble']
}

/** Whether waiting on is pointless, and why. */
export interface GivingUp {
  found(): Finding | undefined
  /** Asked after each look at a deployment that goes on. */
  hopeless(view: View): Promise<boolean>
}

/** Gives up on a deployment when its tasks fail alike; where ECS is about to end it by itself, after having waited for that. */
export function givingUp(
  { calls, clock, log, trouble }: Watching,
  { primary: { id }, terms }: Pick<Started, 'primary' | 'terms'>,
  definition: JsonObject,
): GivingUp {
  const limit = terms.earlyFailure
  const early = earlyFailure({ calls, clock, deploymentId: id, definition, limit, trouble })
  let found: Finding | undefined
  let since = 0
  const notice = (group: StoppedGroup, view: View): void => {
    since = clock.now()
    found = gaveUp(group.count, stoppedLines([group]).join(''))
    const waits = endsByItself(view, limit) ? '; the circuit breaker of the service is about to end it' : ''
    log.info(`${group.count} tasks of ${id} failed alike before any had been healthy${waits}`)
  }
  return {
    found: () => found,
    async hopeless(view) {
      early.look(view)
      if (found === undefined) {
        const group = await early.failures(view)
        if (group === undefined) return false
        notice(group, view)
        return !endsByItself(view, limit)
      }
      if (endsByItself(view, limit) && clock.now() - since < forTheBreaker) return false
      // Two minutes are enough for other tasks to have come up.
      const prospect = await early.prospect(view)
      if (prospect === 'none') return true
      if (prospect !== undefined) {
        const how =
          prospect === 'healthy' ? 'have been healthy since' : 'run on longer than those that failed'
        log.info(`Tasks of ${id} ${how}, so it is waited for`)
        found = undefined
      }
      return false
    },
  }
}

/** ECS's own circuit breaker, with rollback, that needs no more failures than we do: its way is the better one. */
function endsByItself({ deployment, service }: View, limit: number): boolean {
  const { enabled, rollback } = service.circuitBreaker
  return enabled && rollback && (deployment.circuitBreaker?.threshold ?? limit) <= limit
}
