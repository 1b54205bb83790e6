/** Milliseconds. */
export interface Backoff {
  first: number
  longest: number
}

/**
 * Milliseconds to wait before attempt `attempt` + 1 (the first is 0): doubling up to `longest`, the upper half of it at random
 * so that jobs that were throttled together do not come back together.
 */
export function backoff(
  attempt: number,
  { first, longest }: Backoff,
  random: () => number = Math.random,
): number {
  const whole = Math.min(longest, first * 2 ** Math.min(attempt, 50))
  return Math.round(whole / 2 + (random() * whole) / 2)
}

/**
 * Milliseconds until the next look at something that has been going on for `elapsed` milliseconds: a twentieth of that time,
 * at least `first`, at most `longest`, a tenth more or less at random. Short waits notice a quick failure quickly; a long
 * deployment does not eat the account's request rate.
 */
export function pollDelay(
  elapsed: number,
  { first, longest }: Backoff,
  random: () => number = Math.random,
): number {
  return Math.round(Math.min(longest, Math.max(first, elapsed / 20)) * (0.9 + random() / 5))
}
