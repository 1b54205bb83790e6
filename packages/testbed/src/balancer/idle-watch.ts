import type { Clock } from '../time/clock.ts'
import { deadline } from './deadline.ts'

/** A local process works in real time, so it is given at least this long whatever the scale. */
const leastIdleMs = 2_000

/** Calls `idle` once when nothing was noted by `active()` for the time-out, in seconds of AWS time. */
export class IdleWatch {
  readonly #clock: Clock
  readonly #seconds: number
  readonly #idle: () => void
  #cancel: () => void
  #stirred = false

  constructor(clock: Clock, seconds: number, idle: () => void) {
    this.#clock = clock
    this.#seconds = seconds
    this.#idle = idle
    this.#cancel = this.#arm()
  }

  active(): void {
    this.#stirred = true
  }

  [Symbol.dispose](): void {
    this.#cancel()
  }

  // Activity only leaves a mark, as re-arming a timer for each chunk of a large answer would be costly; so an idle
  // connection may last up to twice the time-out.
  #arm(): () => void {
    return deadline(this.#clock, this.#seconds, leastIdleMs, () => {
      if (!this.#stirred) {
        this.#idle()
        return
      }
      this.#stirred = false
      this.#cancel = this.#arm()
    })
  }
}
