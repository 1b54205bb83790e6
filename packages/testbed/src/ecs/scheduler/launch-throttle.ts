import type { Timings } from './timings.ts'

/**
 * Seconds before the next launch of a deployment whose tasks failed to reach RUNNING `failures` times in a row.
 * Tasks that ran, however short, are not throttled.
 * Source: Developer Guide, "Amazon ECS service throttle logic"; the first steps of the curve are assumed (ecs-model.md 9).
 */
export function launchDelay(
  failures: number,
  timings: Pick<Timings, 'launchDelays' | 'launchDelayMaximum'>,
): number {
  if (failures <= 0) return 0
  const { launchDelays, launchDelayMaximum } = timings
  const known = launchDelays[failures - 1]
  if (known !== undefined) return Math.min(known, launchDelayMaximum)
  const last = launchDelays.at(-1) ?? 0
  return Math.min(last * 2 ** (failures - launchDelays.length), launchDelayMaximum)
}

/** From this many failed launches in a row ECS reports that it cannot consistently start tasks. */
export const impairedAfter = 3
