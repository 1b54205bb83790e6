import { ActionError } from '../../action/action-error.ts'
import type { Finding } from '../finding.ts'

/** What one check, or several, found before anything is written. */
export interface Checks {
  /** Why a deployment could not end well. Empty when nothing speaks against it. */
  findings: readonly Finding[]
  /** What could not be looked at. */
  unchecked: readonly Unchecked[]
}

export interface Unchecked {
  /** `the image of container app` */
  what: string
  error: ActionError
}

export const nothingFound: Checks = { findings: [], unchecked: [] }

/** What cannot be looked at stops no release, only credentials that are not accepted do: they will not be later either. */
export async function orError<T>(ask: () => Promise<T>): Promise<T | ActionError> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'credentials') throw error
    return error
  }
}
