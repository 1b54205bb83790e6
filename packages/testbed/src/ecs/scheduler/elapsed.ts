import type { Clock } from '../../time/clock.ts'

// A real timer may fire a millisecond early, which a scaled clock makes a good part of a second.
const TOLERANCE = 0.5

/** Whether `seconds` of AWS time have passed since a moment, for decisions that fall due with a timer. */
export function elapsed(clock: Clock, since: number, seconds: number): boolean {
  return clock.secondsSince(since) + TOLERANCE >= seconds
}
