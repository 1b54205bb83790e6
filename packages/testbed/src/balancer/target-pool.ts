import type { Target, TargetHealth } from '../elbv2/targets.ts'
import type { HealthCheck } from './health-check.ts'
import { PooledTarget, type TargetWorld } from './pooled-target.ts'
import { candidates, type MinimumHealthy, routingViolation } from './routing.ts'

/** What a target group tells its pool; read at each use, as the API changes it. */
export interface PoolSettings {
  healthCheck(): HealthCheck
  /** Seconds. */
  deregistrationDelay(): number
  algorithm(): 'round_robin' | 'least_outstanding_requests'
  minimumHealthy(): MinimumHealthy
}

export interface Choice {
  target: PooledTarget
  failsOpen: boolean
  violation?: string
}

const key = (target: Target): string => `${target.id}:${target.port}`

/** The targets of one target group: who is registered, who is healthy, and whose turn it is. */
export class TargetPool {
  readonly #settings: PoolSettings
  readonly #world: Omit<TargetWorld, 'healthCheck'>
  readonly #targets = new Map<string, PooledTarget>()
  #used = false
  #turn = 0

  constructor(settings: PoolSettings, world: Omit<TargetWorld, 'healthCheck'>) {
    this.#settings = settings
    this.#world = world
  }

  /** The same target again is no change; a draining one starts over as `initial` [assumed]. */
  register(target: Target): void {
    const known = this.#targets.get(key(target))
    if (known !== undefined && !known.draining) return
    known?.[Symbol.dispose]()
    const pooled = new PooledTarget(target, { ...this.#world, healthCheck: this.#settings.healthCheck })
    this.#targets.set(key(target), pooled)
    if (this.#used) pooled.use()
  }

  /** Begins draining. No change for a target that is not registered. */
  deregister(target: Target): void {
    const pooled = this.#targets.get(key(target))
    if (pooled === undefined || pooled.draining) return
    pooled.drain(this.#settings.deregistrationDelay(), () => {
      if (this.#targets.get(key(target)) === pooled) this.#targets.delete(key(target))
    })
  }

  /** Whether a listener or rule uses the group. Unused groups are neither probed nor routed to. */
  setUsed(used: boolean): void {
    if (used === this.#used) return
    this.#used = used
    for (const target of this.#targets.values()) {
      if (used) target.use()
      else target.leaveUnused()
    }
  }

  /** Registered and draining targets, in the order of registration. */
  healths(): TargetHealth[] {
    return [...this.#targets.values()].map((target) => target.view())
  }

  /** undefined once the target is neither registered nor draining. */
  health(target: Target): TargetHealth | undefined {
    return this.#targets.get(key(target))?.view()
  }

  /** Ports under which an id is registered or draining. */
  portsOf(id: string): number[] {
    return [...this.#targets.values()].filter((one) => one.target.id === id).map((one) => one.target.port)
  }

  /** The target for the next request; undefined when there is none to send it to. */
  choose(): Choice | undefined {
    const all = [...this.#targets.values()]
    const minimum = this.#settings.minimumHealthy()
    const { targets, failsOpen } = candidates(all, minimum)
    const target = this.#next(targets)
    if (target === undefined) return undefined
    const violation = routingViolation(target, all, minimum)
    return violation === undefined ? { target, failsOpen } : { target, failsOpen, violation }
  }

  [Symbol.dispose](): void {
    for (const target of this.#targets.values()) target[Symbol.dispose]()
    this.#targets.clear()
  }

  #next(targets: readonly PooledTarget[]): PooledTarget | undefined {
    this.#turn += 1
    const inTurn = targets.map((_, index) => targets[(this.#turn + index) % targets.length])
    if (this.#settings.algorithm() === 'round_robin') return inTurn[0]
    let idlest = inTurn[0]
    for (const target of inTurn) {
      if (target !== undefined && target.requestsInFlight < (idlest?.requestsInFlight ?? 0)) idlest = target
    }
    return idlest
  }
}
