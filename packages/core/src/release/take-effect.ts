import { ActionError } from '../action/action-error.ts'
import { isTransient } from '../aws/errors.ts'
import { backoff } from '../time/backoff.ts'
import type { Clock } from '../time/clock.ts'

export interface TakeEffectOptions<T> {
  /** One attempt, without retries of the SDK. */
  send(): Promise<T>
  /** What the call has done, where its answer was lost; undefined when it has done nothing (or nothing that shows yet). */
  effect(): Promise<T | undefined>
  clock: Clock
  /** Until when a throttled attempt is made again: milliseconds since the epoch on `clock`. */
  deadline: number
  /** Told of each attempt that failed and is made again. */
  trouble(error: unknown): void
  signal?: AbortSignal | undefined
  /** From 0 to 1, for the spread of the attempts. */
  random?: (() => number) | undefined
}

/** So often a call without an answer is made. One that was throttled did nothing, and does not count. */
const attempts = 6
/**
 * Milliseconds between attempts. The jobs of a matrix register in one bucket that lets 20 calls through at once and then one a
 * second: they come back within 20 seconds, each at its own moment, until their turn has come.
 */
const pace = { first: 500, longest: 20_000 } as const
/** Milliseconds between looks: an accepted change was seen to be missing from later answers for up to nine seconds. */
const pauses: readonly number[] = [500, 1000, 1500, 3000, 3000]

/**
 * Makes a call that may not take effect twice, and which Amazon ECS gives no token to repeat safely. A throttled attempt
 * did nothing and is simply made again, until the deadline; where the answer got lost, what the call would have changed is looked at first.
 * Any other error ends it at once.
 */
export async function takeEffect<T>({ send, effect, ...options }: TakeEffectOptions<T>): Promise<T> {
  const { clock, deadline, random, signal, trouble } = options
  let unanswered = 0
  for (let attempt = 0; ; attempt++) {
    try {
      return await send()
    } catch (error) {
      if (!isTransient(error)) throw error
      const refused = wasRefused(error)
      const known = refused ? undefined : await lookFor(effect, options)
      if (known !== undefined) return known
      if (!refused) unanswered += 1
      if (unanswered === attempts || (refused && clock.now() >= deadline)) throw error
      trouble(error)
    }
    const pause = backoff(attempt, pace, random)
    const remaining = deadline - clock.now()
    // The last attempt is at the deadline.
    await clock.sleep(remaining > 0 ? Math.min(pause, remaining) : pause, signal)
  }
}

function wasRefused(error: unknown): boolean {
  return error instanceof ActionError && error.code === 'throttled'
}

async function lookFor<T>(
  effect: () => Promise<T | undefined>,
  { clock, signal, trouble }: Pick<TakeEffectOptions<T>, 'clock' | 'signal' | 'trouble'>,
): Promise<T | undefined> {
  for (let look = 0; ; look++) {
    const known = await effect().catch((error: unknown) => {
      if (!isTransient(error)) throw error
      trouble(error)
      return undefined
    })
    const pause = pauses[look]
    if (known !== undefined || pause === undefined) return known
    await clock.sleep(pause, signal)
  }
}
