import type { Clock } from '../../time/clock.ts'
import type { CallCount, Moment } from './evidence.ts'

/** Keeps what happened and which calls were made, for the evidence. */
export interface Logbook {
  note(text: string): void
  called(action: string): void
  timeline(): Moment[]
  /** In the order of the alphabet. */
  calls(): CallCount[]
}

export function newLogbook(clock: Pick<Clock, 'now'>): Logbook {
  const moments: Moment[] = []
  const counts = new Map<string, number>()
  return {
    note: (text) => moments.push({ at: new Date(clock.now()).toISOString(), text }),
    called: (action) => counts.set(action, (counts.get(action) ?? 0) + 1),
    timeline: () => [...moments],
    calls: () =>
      [...counts]
        .map(([name, count]) => ({ name, count }))
        .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  }
}
