import type { Target, TargetHealth } from '../elbv2/targets.ts'
import type { Clock } from '../time/clock.ts'
import type { HealthCheck } from './health-check.ts'
import { startProber } from './prober.ts'
import { afterProbe, draining, type Health, notInUse, wordHealth } from './target-health.ts'

/** How long the load balancer takes to know a new target before it probes it; AWS only says "a few seconds" [assumed]. */
const registrationSeconds = 3

export interface TargetWorld {
  clock: Clock
  /** false: nothing is probed and a registered target counts as healthy at once. */
  healthChecks: boolean
  healthCheck(): HealthCheck
  /** Whether packets of the load balancer get to an address. */
  letsIn(address: string): boolean
}

/** A target of a target group, from registration to the end of its deregistration delay. */
export class PooledTarget {
  readonly target: Target
  readonly #world: TargetWorld
  readonly #inFlight = new Set<() => void>()
  #health: Health = { kind: 'registering' }
  #stage: 'unused' | 'in-use' | 'draining' = 'unused'
  #stopWork = (): void => {}

  constructor(target: Target, world: TargetWorld) {
    this.target = target
    this.#world = world
  }

  get inUse(): boolean {
    return this.#stage === 'in-use'
  }

  get healthy(): boolean {
    return this.inUse && this.#health.kind === 'healthy'
  }

  get draining(): boolean {
    return this.#stage === 'draining'
  }

  get reachable(): boolean {
    return this.#world.letsIn(this.target.id)
  }

  get requestsInFlight(): number {
    return this.#inFlight.size
  }

  /** A listener or rule uses the group: the target starts over as `initial`. */
  use(): void {
    if (this.#stage !== 'unused') return
    this.#stage = 'in-use'
    if (!this.#world.healthChecks) {
      this.#health = { kind: 'healthy', failures: 0 }
      return
    }
    this.#health = { kind: 'registering' }
    this.#stopWork = this.#world.clock.after(registrationSeconds, () => this.#check())
  }

  /** No listener or rule uses the group any more: nothing is probed. */
  leaveUnused(): void {
    if (this.#stage !== 'in-use') return
    this.#stopWork()
    this.#stage = 'unused'
  }

  /** New requests stop at once, those in flight go on; after the delay they are cut off and `left` is called. */
  drain(seconds: number, left: () => void): void {
    this.#stopWork()
    this.#stage = 'draining'
    const leave = (): void => {
      for (const cut of [...this.#inFlight]) cut()
      left()
    }
    if (seconds === 0) leave()
    else this.#stopWork = this.#world.clock.after(seconds, leave)
  }

  /** Notes a request in flight; `cut` ends it when the deregistration delay runs out. Returns what notes its end. */
  begin(cut: () => void): () => void {
    this.#inFlight.add(cut)
    return () => this.#inFlight.delete(cut)
  }

  view(): TargetHealth {
    const { target } = this
    switch (this.#stage) {
      case 'unused':
        return { target, ...notInUse }
      case 'draining':
        return { target, ...draining }
      case 'in-use':
        return { target, ...wordHealth(this.#health) }
    }
  }

  /** Stops probing and forgets the deregistration delay; requests in flight are left alone. */
  [Symbol.dispose](): void {
    this.#stopWork()
  }

  #check(): void {
    this.#health = { kind: 'checking', failures: 0 }
    const { clock, healthCheck } = this.#world
    const prober = startProber(
      clock,
      this.target,
      healthCheck,
      () => this.reachable,
      (result) => {
        this.#health = afterProbe(this.#health, result, healthCheck())
      },
    )
    this.#stopWork = () => prober[Symbol.dispose]()
  }
}
