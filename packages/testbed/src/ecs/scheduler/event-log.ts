import { randomUUID } from 'node:crypto'
import type { Clock } from '../../time/clock.ts'
import type { Service } from '../model.ts'
import type { Timings } from './timings.ts'

const KEPT = 100

/** Adds an event to the service. Those of one scheduler pass are 1 ms apart, as seen on AWS (ecs-model.md 2). */
export function report(service: Service, clock: Clock, event: string): void {
  const newest = service.events[0]
  const createdAt = Math.max(clock.now(), (newest?.createdAt ?? 0) + 1)
  service.events.unshift({ id: randomUUID(), createdAt, message: `(service ${service.name}) ${event}` })
  service.events.length = Math.min(service.events.length, KEPT)
}

/**
 * Reports a condition, unless it is what was said last and that was less than 6 hours ago.
 * Source: Developer Guide (2023), "Viewing Amazon ECS service events".
 */
export function reportCondition(service: Service, clock: Clock, timings: Timings, condition: string): void {
  const newest = service.events[0]
  const repeats = newest?.message === `(service ${service.name}) ${condition}`
  if (repeats && clock.secondsSince(newest.createdAt) < timings.eventRepeat) return
  report(service, clock, condition)
}
