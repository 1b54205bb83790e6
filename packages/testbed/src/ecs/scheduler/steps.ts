import type { Service } from '../model.ts'
import { checkInvariants } from './invariants.ts'
import { type ServiceSnapshot, snapshot } from './snapshot.ts'
import type { World } from './world.ts'

/** Makes changes one at a time and checks the invariants after each. */
export interface Steps extends Pick<World, 'later' | 'when'> {
  /** A change that a caller asked for. Throws when an earlier step broke an invariant, or this one does. */
  now(service: Service, change: () => void): void
  /** Cancels everything that still waits, and throws what went wrong since nobody may have seen it. */
  close(): void
}

export interface StepOptions {
  clock: World['clock']
  onStep?: ((service: Service) => void) | undefined
  onViolation?: ((violation: Error) => void) | undefined
}

/** Steps never nest: what a change needs later it asks for with `later` and `when`. */
export function steps({ clock, onStep, onViolation }: StepOptions): Steps {
  const waiting = new Set<() => void>()
  let violation: Error | undefined
  let closed = false

  const fail = (error: unknown): Error => {
    violation ??= error instanceof Error ? error : new Error(String(error))
    onViolation?.(violation)
    return violation
  }
  const step = (service: Service, change: () => void): void => {
    const before: ServiceSnapshot = snapshot(service)
    try {
      change()
      checkInvariants(service, before, snapshot(service))
    } catch (error) {
      throw fail(error)
    }
    onStep?.(service)
  }
  // After a violation nothing goes on: what is wrong now would only be followed by more of it.
  const background = (service: Service, change: () => void): void => {
    if (closed || violation) return
    try {
      step(service, change)
    } catch {
      // Kept as `violation`; nobody is there to catch it until the next call or disposal.
    }
  }
  return {
    now(service, change) {
      if (violation) throw violation
      step(service, change)
    },
    later(service, seconds, change) {
      const cancel = clock.after(seconds, () => {
        waiting.delete(cancel)
        background(service, change)
      })
      waiting.add(cancel)
      return () => {
        cancel()
        waiting.delete(cancel)
      }
    },
    when(service, promise, fulfilled, rejected) {
      void promise.then(
        (value) => background(service, () => fulfilled(value)),
        (error) => background(service, () => rejected(error)),
      )
    },
    close() {
      closed = true
      for (const cancel of waiting) cancel()
      waiting.clear()
      if (violation) throw violation
    },
  }
}
