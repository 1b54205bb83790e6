import { backoff } from '../../time/backoff.ts'

/** The first 15 minutes, in which most deployments end, are watched closely. Milliseconds. */
const closely = 15 * 60_000
const quickLooks: readonly number[] = [1000, 1000, 2000, 2000]
const longestBackoff = 30_000

export interface Progress {
  /** How many looks there have been. */
  looks: number
  /** Milliseconds since the watch began. */
  elapsed: number
  /** Milliseconds until the deadline. */
  remaining: number
  /** How many of the latest looks in a row were throttled, in every attempt of the SDK. */
  throttled?: number
}

/**
 * Milliseconds until the next look. The last look is at the deadline, neither before nor after it. A pause is up to a tenth
 * longer, at random, so that jobs of a matrix that began together do not look together; after throttling it doubles with each
 * look, as those jobs share the account's request rate.
 */
export function nextLookIn(
  { looks, elapsed, remaining, throttled = 0 }: Progress,
  random: () => number = Math.random,
): number {
  const pause = quickLooks[looks - 1] ?? (elapsed < closely ? 4000 : 12_000)
  const backedOff = throttled === 0 ? 0 : backoff(throttled, { first: 4000, longest: longestBackoff }, random)
  const spread = Math.round(pause * (1 + random() / 10))
  return Math.max(0, Math.min(Math.max(spread, backedOff), remaining))
}

/**
 * Milliseconds between two looks at the service and its target groups while nothing changes. Together with the looks at
 * the deployment that is at most 21 calls a minute at first and 10 later. Source: our budget within the buckets of
 * "Request throttling for the Amazon ECS API", which all jobs of an account share.
 */
export function detailsEvery(targetGroups: number, elapsed: number): number {
  const callsAtOnce = 1 + targetGroups
  const callsPerMinute = elapsed < closely ? 6 : 5
  const timesPerMinute = Math.floor(callsPerMinute / callsAtOnce)
  if (timesPerMinute === 0) return 60_000 * Math.ceil(callsAtOnce / callsPerMinute)
  return Math.max(15_000, 60_000 / timesPerMinute)
}
