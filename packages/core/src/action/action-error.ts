/** What kind of failure it is, for tests and for readers of the debug log. */
export type ErrorCode =
  | 'invalid-input'
  | 'access-denied'
  | 'credentials'
  | 'not-found'
  | 'rejected'
  | 'throttled'
  | 'network'
  | 'incomplete-response'
  | 'file'
  | 'lost-in-translation'

export interface ActionErrorOptions {
  /** What to do next, as a sentence. */
  hint?: string
  cause?: unknown
}

/** A failure that the user can act upon: what happened and where in `message`, what to do next in `hint`. */
export class ActionError extends Error {
  override readonly name: string = 'ActionError'
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: ActionErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
  }
}
