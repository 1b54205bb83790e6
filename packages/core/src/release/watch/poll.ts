import type { Clock } from '../../time/clock.ts'
import { attempt, isThrottled } from './attempt.ts'
import { nextLookIn } from './pace.ts'

export interface PollOptions {
  clock: Clock
  /** Milliseconds since the epoch on `clock`; the last look is then. */
  deadline: number
  /** Told of transient errors, after which it is looked again. */
  trouble: (error: unknown) => void
  signal?: AbortSignal | undefined
  /** From 0 to 1, for the spread of the looks. */
  random?: (() => number) | undefined
}

/**
 * Looks again and again until `settle` makes something of what was seen, and returns that; undefined when it has not by the last look,
 * which is at the deadline. A look that sees nothing yet answers undefined. Looks come at the pace of `nextLookIn`, which backs off while
 * AWS throttles; any error that is not transient ends the wait.
 */
export async function poll<Seen, Settled>(
  look: () => Promise<Seen | undefined>,
  settle: (seen: Seen) => Settled | undefined | Promise<Settled | undefined>,
  { clock, deadline, random, signal, trouble }: PollOptions,
): Promise<Settled | undefined> {
  const begin = clock.now()
  let throttled = 0
  for (let looks = 1; ; looks++) {
    const last = clock.now() >= deadline
    let refused = false
    const seen = await attempt(look, (error) => {
      refused = isThrottled(error)
      trouble(error)
    })
    throttled = refused ? throttled + 1 : 0
    const settled = seen === undefined ? undefined : await settle(seen)
    if (settled !== undefined || last) return settled
    const now = clock.now()
    const progress = { looks, elapsed: now - begin, remaining: deadline - now, throttled }
    await clock.sleep(nextLookIn(progress, random), signal)
  }
}
