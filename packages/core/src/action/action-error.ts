/** What kind of failure it is, for tests and for readers of the debug log. */
export type ErrorCode =
  | 'invalid-input'
  | 'access-denied'
  | 'credentials'
  | 'not-found'
  | 'rejected'
  | 'throttled'
  | 'network'
  /** AWS answered with a 5xx status. */
  | 'service-fault'
  | 'incomplete-response'
  | 'file'
  | 'lost-in-translation'
  /** The runner asked the step to stop. */
  | 'cancelled'
  /** A defect of ours, or a situation that nobody foresaw. */
  | 'unexpected'

export interface ActionErrorOptions {
  /** What to do next, as a sentence. */
  hint?: string | undefined
  cause?: unknown
  /** The line of the user's file that is at fault: the annotation is shown there too. */
  at?: SourceLine | undefined
  /** What a program wrote last, for the page of the run. Foreign text. */
  excerpt?: Excerpt | undefined
}

export interface SourceLine {
  /** From the root of the workspace. */
  file: string
  line: number
}

export interface Excerpt {
  title: string
  text: string
}

/** A failure that the user can act upon: what happened and where in `message`, what to do next in `hint`. */
export class ActionError extends Error {
  override readonly name: string = 'ActionError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly at: SourceLine | undefined
  readonly excerpt: Excerpt | undefined

  constructor(code: ErrorCode, message: string, options: ActionErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.at = options.at
    this.excerpt = options.excerpt
  }
}
