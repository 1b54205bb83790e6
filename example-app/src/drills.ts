import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import type { Environment } from './environment.ts'

/** Failures that a release can be made to have on purpose. All are off unless their variable is set. */
export interface Drills {
  health: 'fail' | undefined
  crash: 'start' | undefined
  startSeconds: number
  latencyMs: number
  /** The share of requests to /orders that fail, from 0 to 1. */
  ordersErrorRate: number
}

export function readDrills(env: Environment): Drills {
  return {
    health: env.oneOf('DRILL_HEALTH', ['fail']),
    crash: env.oneOf('DRILL_CRASH', ['start']),
    startSeconds: env.number('DRILL_START_SECONDS', { fallback: 0, min: 0, max: 3600 }),
    latencyMs: env.number('DRILL_LATENCY_MS', { fallback: 0, min: 0, max: 60_000 }),
    ordersErrorRate: env.number('DRILL_ORDERS_ERROR_RATE', { fallback: 0, min: 0, max: 1 }),
  }
}

/** The drills that are on, for the log line that warns about them. */
export function activeDrills(drills: Drills): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(drills).filter((entry): entry is [string, string | number] => Boolean(entry[1])),
  )
}

export function slowDown(latencyMs: number): RequestHandler {
  return async (_request, _response, next) => {
    if (latencyMs > 0) await sleep(latencyMs)
    next()
  }
}

/**
 * `random` returns numbers from 0 up to but not including 1, so a rate of 1 fails every request and 0 none.
 */
export function failSometimes(rate: number, random: () => number): RequestHandler {
  return (_request, _response, next) => {
    if (random() < rate) throw new Error('DRILL_ORDERS_ERROR_RATE made this request fail')
    next()
  }
}
