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
 * the deployment that is at most 21 calls a minute at first and 10 later, however many target groups there are.
 */
export function detailsEvery(targetGroups: number, elapsed: number): number {
  const callsAtOnce = 1 + targetGroups
  return Math.max(15_000, callsAtOnce * (elapsed < closely ? 10_000 : 12_000))
}
