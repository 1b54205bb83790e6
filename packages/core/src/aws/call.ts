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
