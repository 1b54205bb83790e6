import type { Bucket, Service } from './service.ts'

interface Level {
  tokens: number
  at: number
}

/** The token buckets of the account: full at first, refilled continuously, shared by all callers (ecs-model.md 6.1). */
export interface Buckets {
  /** Takes a token from each bucket of the operation; false, and none taken, when one of them is empty. */
  take(service: Service, operation: string): boolean
}

/** `now` gives milliseconds. */
export function buckets(now: () => number): Buckets {
  const levels = new Map<string, Level>()
  const refilled = (service: Service, bucket: Bucket): Level => {
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
