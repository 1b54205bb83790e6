import type { Clock } from '../../time/clock.ts'

/**
 * How long after its creation a deployment stays out of sight, in seconds of AWS time, per place that shows it.
 * The API is eventually consistent: UpdateService's own answer shows what it did, later reads may not (ecs-model.md 5.7, 6.2).
 */
export interface ConsistencyDelay {
  /** In `deployments[]` of DescribeServices. Seen: up to 9. */
  describeServices: number
  /** In ListServiceDeployments. Seen: up to 6. */
  listServiceDeployments: number
  /** In `currentServiceDeployment` of DescribeServices, which names the one before meanwhile. */
  currentServiceDeployment: number
}

/** Inside the ranges seen on AWS, and different from one another, so that a tool cannot take one list for the other. */
export const defaultConsistencyDelay: ConsistencyDelay = {
  describeServices: 4,
  listServiceDeployments: 3,
  currentServiceDeployment: 6,
}

/** The items that are old enough to be seen. */
export function settled<T extends { createdAt: number }>(
  items: readonly T[],
  clock: Clock,
  delay: number,
): T[] {
  return items.filter((item) => clock.secondsSince(item.createdAt) >= delay)
}
