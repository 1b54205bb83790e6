import type { Bucket, Service } from './service.ts'

interface Level {
  tokens: number
  at: number
}

/** The token buckets of the account: full at first, refilled continuously, shared by all callers (ecs-model.md 6.1). */
export interface Buckets {
  /** Takes a token from each bucket of the operation; false, and none taken, when one of them is empty. */
  take(service: Rated, operation: string): boolean
}

/** What the buckets need to know of a service. */
export type Rated = Pick<Service, 'name' | 'buckets'>

/** `now` gives milliseconds. */
export function buckets(now: () => number): Buckets {
  const levels = new Map<string, Level>()
  const refilled = (service: Rated, bucket: Bucket): Level => {
    const key = `${service.name}/${bucket.name}`
    const at = now()
    const before = levels.get(key) ?? { tokens: bucket.burst, at }
    const gained = (Math.max(0, at - before.at) / 1000) * bucket.perSecond
    const level = { tokens: Math.min(bucket.burst, before.tokens + gained), at }
    levels.set(key, level)
    return level
  }
  return {
    take: (service, operation) => {
      const drawn = service.buckets(operation).map((bucket) => refilled(service, bucket))
      if (drawn.some(({ tokens }) => tokens < 1)) return false
      for (const level of drawn) level.tokens -= 1
      return true
    },
  }
}
