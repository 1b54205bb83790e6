import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './clock.ts'

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    signal?.throwIfAborted()
    try {
      await wait(milliseconds, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      // Node rejects with an AbortError of its own; callers want to know who aborted and why.
      signal?.throwIfAborted()
      throw error
    }
  },
}
