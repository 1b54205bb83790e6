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
  /** Told of each attempt that failed and is made again. */
  trouble(error: unknown): void
  signal?: AbortSignal | undefined
}

const attempts = 6
/** Milliseconds between looks: an accepted change was seen to be missing from later answers for up to nine seconds. */
const pauses: readonly number[] = [500, 1000, 1500, 3000, 3000]

/**
 * Makes a call that may not take effect twice, and which Amazon ECS gives no token to repeat safely. A throttled attempt
 * did nothing and is simply made again; where the answer got lost, what the call would have changed is looked at first.
 * Any other error ends it at once.
 */
export async function takeEffect<T>({ send, effect, ...options }: TakeEffectOptions<T>): Promise<T> {
  const { clock, signal, trouble } = options
  for (let attempt = 0; ; attempt++) {
    try {
      return await send()
    } catch (error) {
      if (!isTransient(error)) throw error
      const known = wasRefused(error) ? undefined : await lookFor(effect, options)
      if (known !== undefined) return known
      if (attempt + 1 === attempts) throw error
      trouble(error)
    }
    await clock.sleep(backoff(attempt, { first: 500, longest: 20_000 }), signal)
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
