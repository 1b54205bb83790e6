import { ActionError } from '../../action/action-error.ts'
import { isTransient } from '../../aws/errors.ts'

/**
 * Makes a call that will be made again anyway: a transient error (throttling, network, 5xx) is reported and gives
 * undefined; any other, such as denied or expired credentials, ends the wait at once.
 */
export async function attempt<T>(
  call: () => Promise<T>,
  report: (error: unknown) => void,
): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (!isTransient(error)) throw error
    report(error)
    return undefined
  }
}

/** Whether AWS refused a call, in every attempt of the SDK, because the account makes too many. */
export function isThrottled(error: unknown): boolean {
  return error instanceof ActionError && error.code === 'throttled'
}
