import type { Clock } from '@ecs-release/core'

/** How long each part of the step took, in the order in which they began. */
export interface Stopwatch {
  time<T>(phase: string, body: () => Promise<T>): Promise<T>
  /** In seconds. */
  phases(): readonly { phase: string; seconds: number }[]
}

export function stopwatch(clock: Clock): Stopwatch {
  const spent = new Map<string, number>()
  return {
    async time(phase, body) {
      const started = clock.now()
      spent.set(phase, spent.get(phase) ?? 0)
      try {
        return await body()
      } finally {
        spent.set(phase, (spent.get(phase) ?? 0) + clock.now() - started)
      }
    },
    phases: () => [...spent].map(([phase, milliseconds]) => ({ phase, seconds: milliseconds / 1000 })),
  }
}
