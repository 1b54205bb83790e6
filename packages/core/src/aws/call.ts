import { awsError } from './errors.ts'

/**
 * Makes one call and reads its answer. Every failure becomes an ActionError with the SDK's error as its cause.
 * `action` is the IAM action, `doing` completes "Could not …".
 */
export async function call<T>(action: string, doing: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    throw awsError(error, action, doing)
  }
}

/** The option of a call that is given up, all its attempts, when the signal says so: it ends like one without an answer. */
export function givenUpBy(abortSignal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return abortSignal === undefined ? {} : { abortSignal }
}
