import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from './clock.ts'

/** A clock that stands still until it is told to go on. Only for tests inside one process. */
export interface VirtualClock extends Clock {
  /** Runs what falls due in the next `seconds`, in order, and lets promises settle after each task. */
  advance(seconds: number): Promise<void>
}

interface Waiting {
  at: number
  /** Tasks of the same moment run in the order they were asked for. */
  order: number
  task: () => void
}

// A promise chain that reaches I/O-like boundaries (a scripted runtime, a stream) needs more than one turn.
const TURNS = 3

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn()
}

/** `start` is milliseconds since the epoch; by default a fixed day, so that runs repeat exactly. */
export function virtualClock(start: number = Date.UTC(2026, 0, 5, 12)): VirtualClock {
  const waiting = new Set<Waiting>()
  let now = start
  let order = 0

  const nextUntil = (end: number): Waiting | undefined => {
    let next: Waiting | undefined
    for (const candidate of waiting) {
      if (candidate.at > end) continue
      if (!next || candidate.at < next.at || (candidate.at === next.at && candidate.order < next.order)) {
        next = candidate
      }
    }
    return next
  }

  return {
    now: () => now,
    after(seconds, task) {
      const entry = { at: now + Math.max(0, Math.round(seconds * 1000)), order: order++, task }
      waiting.add(entry)
      return () => {
        waiting.delete(entry)
      }
    },
    secondsSince: (moment) => (now - moment) / 1000,
    async advance(seconds) {
      const end = now + Math.round(seconds * 1000)
      await settle()
      for (let next = nextUntil(end); next; next = nextUntil(end)) {
        waiting.delete(next)
        now = next.at
        next.task()
        await settle()
      }
      now = end
    },
  }
}
