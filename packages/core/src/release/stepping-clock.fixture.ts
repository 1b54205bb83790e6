import type { Clock } from '../time/clock.ts'

/** A clock for tests of waits: sleeping takes no time and moves `now` on by exactly that much. */
export interface SteppingClock extends Clock {
  /** The milliseconds of each sleep, in order. */
  readonly sleeps: readonly number[]
  /** Moves `now` on, as a slow call would. */
  pass(milliseconds: number): void
}

/** Starts at `start`, milliseconds since the epoch. */
export function steppingClock(start: number): SteppingClock {
  const sleeps: number[] = []
  let now = start
  return {
    sleeps,
    now: () => now,
    pass(milliseconds) {
      now += milliseconds
    },
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      sleeps.push(milliseconds)
      now += milliseconds
    },
  }
}
