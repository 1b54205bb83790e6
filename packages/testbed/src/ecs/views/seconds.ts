/** A moment as the JSON protocol writes it: seconds since the epoch with a fraction. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000
}

/** The same for a moment that may not have come yet. */
export function secondsIfAny(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : seconds(milliseconds)
}
