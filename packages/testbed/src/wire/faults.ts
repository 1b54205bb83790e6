import type { JsonObject } from './json.ts'
import { seeded } from './seeded.ts'

/**
 * What goes wrong. A hang or a reset with `processed` loses only the answer: the operation has taken effect, as when
 * a connection breaks at the worst moment.
 */
export type Fault =
  | { kind: 'throttle' }
  | { kind: 'server-error'; status?: 500 | 502 | 503 | 504 }
  /** AWS refuses the call, with status 400 and in these words. */
  | { kind: 'error'; code: string; message: string }
  | { kind: 'hang'; processed?: boolean }
  | { kind: 'reset'; processed?: boolean }
  | { kind: 'expired' }
  | { kind: 'denied' }
  | { kind: 'answer'; change(body: JsonObject): JsonObject }
  /** The call waits until the promise settles, and is only then performed. */
  | { kind: 'hold'; until: Promise<unknown> }
  /** The call takes effect, and its answer goes out once the promise, made then, is settled. */
  | { kind: 'late-answer'; until(): Promise<void> }

/** Which calls a fault hits: all of `service` and `operation` (any when absent), narrowed by the other members. */
export interface FaultRule<F = Fault> {
  /** The signing name, e.g. `ecs`. */
  service?: string
  operation?: string
  /** Only from the nth matching call on, counted from 1 at the injection, retries included; once unless `times` says more. */
  nth?: number
  /** Only this share of the matching calls, 0 to 100, drawn from the seeded generator. */
  percent?: number
  /** At most so many hits. */
  times?: number
  fault: F
}

/** An injected rule; `using` removes it at the end of the block. */
export interface InjectedFault extends Disposable {
  readonly hits: number
  remove(): void
}

export interface Faults<F = Fault> {
  inject(rule: FaultRule<F>): InjectedFault
  /** Removes every rule. */
  clear(): void
  /** The faults of one call; counts it. For the wire server. */
  next(service: string, operation: string): F[]
}

interface Injection<F> {
  rule: FaultRule<F>
  seen: number
  hits: number
}

function concerns({ rule }: Injection<unknown>, service: string, operation: string): boolean {
  return (rule.service ?? service) === service && (rule.operation ?? operation) === operation
}

function strikes(injection: Injection<unknown>, random: () => number): boolean {
  const { nth, percent, times = nth === undefined ? Number.POSITIVE_INFINITY : 1 } = injection.rule
  injection.seen += 1
  if (injection.hits >= times || injection.seen < (nth ?? 1)) return false
  if (percent !== undefined && random() * 100 >= percent) return false
  injection.hits += 1
  return true
}

/** No faults until some are injected. The same seed and calls give the same hits. */
export function faults<F = Fault>(seed = 1): Faults<F> {
  const random = seeded(seed)
  const injections = new Set<Injection<F>>()
  return {
    inject: (rule) => {
      const injection: Injection<F> = { rule, seen: 0, hits: 0 }
      injections.add(injection)
      const remove = () => void injections.delete(injection)
      return {
        get hits() {
          return injection.hits
        },
        remove,
        [Symbol.dispose]: remove,
      }
    },
    clear: () => injections.clear(),
    next: (service, operation) =>
      [...injections]
        .filter((injection) => concerns(injection, service, operation))
        .filter((injection) => strikes(injection, random))
        .map(({ rule }) => rule.fault),
  }
}
