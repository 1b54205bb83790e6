import type { Clock } from './clock.ts'

/**
 * A clock on which AWS's own durations pass `factor` times faster than real time, while API timestamps stay real.
 * Disposal cancels everything still waiting, so that no timer outlives a test.
 */
export function scaledClock(factor: number): Clock & AsyncDisposable {
  if (!(factor > 0)) throw new RangeError(`the time factor must be above 0, got ${factor}`)
  const waiting = new Set<NodeJS.Timeout>()
  return {
    now: () => Date.now(),
    after(seconds, task) {
      const timer = setTimeout(
        () => {
          waiting.delete(timer)
          task()
        },
        (seconds * 1000) / factor,
      )
      waiting.add(timer)
      return () => {
        clearTimeout(timer)
        waiting.delete(timer)
      }
    },
    secondsSince: (moment) => ((Date.now() - moment) / 1000) * factor,
    async [Symbol.asyncDispose]() {
      for (const timer of waiting) clearTimeout(timer)
      waiting.clear()
    },
  }
}
