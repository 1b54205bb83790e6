/**
 * The one source of time in the testbed. AWS's own durations (a scheduler pass, a health-check interval, a
 * deregistration delay) are given in seconds of AWS time; a clock decides how long that is in real life.
 */
export interface Clock {
  /** Milliseconds since the epoch, as API timestamps show them. Real time for the scaled clock. */
  now(): number
  /** Runs `task` once after that many seconds of AWS time. The returned function cancels it; calling it late is harmless. */
  after(seconds: number, task: () => void): () => void
  /** Seconds of AWS time since a moment that `now()` returned. */
  secondsSince(moment: number): number
}
