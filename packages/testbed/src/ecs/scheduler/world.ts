import type { Account } from '../../account/account.ts'
import type { TargetGroups } from '../../elbv2/targets.ts'
import type { ImageSource } from '../../images/image.ts'
import type { LogSink } from '../../logs/log-sink.ts'
import type { AddressPool } from '../../tasks/container.ts'
import type { Clock } from '../../time/clock.ts'
import type { Place } from '../../wire/place.ts'
import type { Service } from '../model.ts'
import type { ContainerPool } from './container-pool.ts'
import type { Timings } from './timings.ts'

/** What the scheduler acts on, and the only ways by which time and promises reach the state. */
export interface World {
  account: Account
  clock: Clock
  containers: ContainerPool
  images: ImageSource
  addresses: AddressPool
  targetGroups: TargetGroups
  logs: LogSink
  place: Place
  timings: Timings
  /** Makes a change after that many seconds of AWS time, as a step of its own. Returns what cancels it. */
  later(service: Service, seconds: number, change: () => void): () => void
  /** Makes one of two changes, as a step of its own, when a promise settles. */
  when<T>(
    service: Service,
    promise: Promise<T>,
    fulfilled: (value: T) => void,
    rejected: (error: unknown) => void,
  ): void
}
