import { ActionError } from '../../action/action-error.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { attempt } from '../watch/attempt.ts'
import { nextLookIn } from '../watch/pace.ts'
import { primaryOf } from './identity.ts'
import type { InProgress } from './in-progress.ts'
import { isTerminal } from './status.ts'

export interface UntilOverOptions {
  calls: Pick<ReleaseCalls, 'deployment' | 'service'>
  clock: Clock
  /** Milliseconds since the epoch on `clock`; the last look is then. */
  deadline: number
  /** Told after each look how it stands, in one line. */
  look: (line: string) => void
  trouble: (error: unknown) => void
  signal?: AbortSignal | undefined
  /** From 0 to 1, for the spread of the looks. */
  random?: (() => number) | undefined
}

interface State {
  over: boolean
  line: string
}

/** Waits until somebody else's deployment has ended, however that is. Returns its last status, or undefined at the deadline. */
export async function untilOver(other: InProgress, options: UntilOverOptions): Promise<string | undefined> {
  const { clock, deadline, look, random, signal, trouble } = options
  const begin = clock.now()
  let { arn } = other
  for (let looks = 1; ; looks++) {
    const last = clock.now() >= deadline
    try {
      const state = await attempt(() => stateOf(arn, options), trouble)
      if (state !== undefined) look(state.line)
      if (state?.over) return state.line
    } catch (error) {
      // Whoever may list service deployments need not be allowed to describe them.
      if (arn === undefined || !(error instanceof ActionError) || error.code !== 'access-denied') throw error
      trouble(error)
      arn = undefined
    }
    if (last) return undefined
    const now = clock.now()
    const progress = { looks, elapsed: now - begin, remaining: deadline - now }
    await clock.sleep(nextLookIn(progress, random), signal)
  }
}

async function stateOf(arn: string | undefined, { calls }: Pick<UntilOverOptions, 'calls'>): Promise<State> {
  if (arn !== undefined) {
    const { pendingTaskCount, requestedTaskCount, runningTaskCount, status } = await calls.deployment(arn)
    if (isTerminal(status)) return { over: true, line: status }
    const line = `${status} · desired ${requestedTaskCount} · running ${runningTaskCount} · pending ${pendingTaskCount}`
    return { over: false, line }
  }
  const primary = primaryOf(await calls.service())
  return {
    over: primary?.rolloutState !== 'IN_PROGRESS',
    line: primary?.rolloutState ?? 'without a PRIMARY deployment',
  }
}
