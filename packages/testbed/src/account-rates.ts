import { ecsBuckets } from './ecs/rate-buckets.ts'
import { buckets as elbBuckets } from './elbv2/rates.ts'
import { buckets } from './wire/buckets.ts'

/** The request rates of an account without the account, for models of many clients on a clock of their own. */
export interface AccountRates {
  /** Takes a token from each bucket that the call draws on; false when AWS would throttle it. */
  take(service: 'ecs' | 'elasticloadbalancing', operation: string): boolean
}

const rated = {
  ecs: { name: 'ecs', buckets: ecsBuckets },
  elasticloadbalancing: { name: 'elasticloadbalancing', buckets: elbBuckets },
} as const

/** The same buckets as those of a testbed, full at first. `now` gives milliseconds. */
export function accountRates(now: () => number): AccountRates {
  const account = buckets(now)
  return { take: (service, operation) => account.take(rated[service], operation) }
}
