import type { TrafficCounter } from '../balancer/traffic-counts.ts'
import type { Clock } from '../time/clock.ts'
import type { Place } from '../wire/place.ts'
import type { ElbState } from './elb-state.ts'

/** What the operations share. */
export interface ElbWorld {
  state: ElbState
  clock: Clock
  place: Place
  /** false: targets are not probed, all count as healthy. */
  healthChecks: boolean
  /** Whether packets get to an address: what security groups decide. */
  letsIn(address: string): boolean
  counter: TrafficCounter
  /** Notes that traffic went where it must not. */
  violated(violation: string): void
}
