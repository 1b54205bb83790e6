/** The first 15 minutes, in which most deployments end, are watched closely. Milliseconds. */
const closely = 15 * 60_000
const quickLooks: readonly number[] = [1000, 1000, 2000, 2000]

export interface Progress {
  /** How many looks there have been. */
  looks: number
  /** Milliseconds since the watch began. */
  elapsed: number
  /** Milliseconds until the deadline. */
  remaining: number
}

/** Milliseconds until the next look. The last look is at the deadline, neither before nor after it. */
export function nextLookIn({ looks, elapsed, remaining }: Progress): number {
  const pause = quickLooks[looks - 1] ?? (elapsed < closely ? 4000 : 12_000)
  return Math.max(0, Math.min(pause, remaining))
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
