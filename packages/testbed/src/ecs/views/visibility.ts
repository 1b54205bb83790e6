import type { Clock } from '../../time/clock.ts'

/** Where a deployment can be missing after its creation. */
export type Shown = 'describeServices' | 'listServiceDeployments' | 'currentServiceDeployment'

/**
 * How long after its creation a deployment can stay out of sight, and a changed count, in real milliseconds, per place that shows it: the API is
 * eventually consistent. UpdateService's own answer shows what it did, later reads may not (ecs-model.md 5.7, 6.2).
 */
export interface Consistency {
  /** In `deployments[]` of DescribeServices. Seen: up to 9 seconds. A desired count is assumed to be as late. */
  describeServices: number
  /** In ListServiceDeployments. Seen: up to 6 seconds. */
  listServiceDeployments: number
  /** In `currentServiceDeployment` of DescribeServices, which names the one before meanwhile. */
  currentServiceDeployment: number
  /** Meanwhile every other answer is fresh, beginning with a stale one, as when hosts answer in turn that know different things. */
  alternating?: boolean
}

/** Inside the ranges seen on AWS, and different from one another, so that a tool cannot take one list for the other. */
export const defaultConsistency: Consistency = {
  describeServices: 4000,
  listServiceDeployments: 3000,
  currentServiceDeployment: 6000,
}

/** The same on a clock on which AWS's own durations pass `factor` times faster. */
export function scaledConsistency(factor: number): Consistency {
  const { currentServiceDeployment, describeServices, listServiceDeployments } = defaultConsistency
  return {
    describeServices: describeServices / factor,
    listServiceDeployments: listServiceDeployments / factor,
    currentServiceDeployment: currentServiceDeployment / factor,
  }
}

/** Decides what an answer shows of things that were just created. */
export interface Visibility {
  /** The items that the answer that is being made shows at this place. */
  settled<T extends { createdAt: number }>(place: Shown, items: readonly T[]): T[]
}

export function visibility(clock: Clock, consistency: Consistency): Visibility {
  const answers: Record<Shown, WeakMap<object, number>> = {
    describeServices: new WeakMap(),
    listServiceDeployments: new WeakMap(),
    currentServiceDeployment: new WeakMap(),
  }
  const isFresh = (place: Shown, item: { createdAt: number }): boolean => {
    if (clock.now() - item.createdAt >= consistency[place]) return true
    const before = answers[place].get(item) ?? 0
    answers[place].set(item, before + 1)
    return consistency.alternating === true && before % 2 === 1
  }
  return { settled: (place, items) => items.filter((item) => isFresh(place, item)) }
}
