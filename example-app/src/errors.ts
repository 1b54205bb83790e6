import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from './logging.ts'

/** An error that is the client's: its text is meant for them. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError'
  readonly status: number
  readonly problems: readonly string[] | undefined

  constructor(status: number, message: string, problems?: readonly string[]) {
    super(message)
    this.status = status
    this.problems = problems
  }
}

export class BadRequest extends ClientError {
  constructor(problems: readonly string[]) {
    super(400, 'invalid request', problems)
  }
}

export class UnsupportedBody extends ClientError {
  constructor() {
    super(415, 'send a JSON body with content-type: application/json')
  }
}

export function notFound(): RequestHandler {
  return (request) => {
    throw new ClientError(404, `no route for ${request.method} ${request.path}`)
  }
}

/**
 * Answers every error as JSON. What is not the client's fault is logged with its stack, and the answer keeps
 * it to itself.
 */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const client = asClientError(error)
    if (!client) log.error('request failed', { method: request.method, path: request.path, error })
    if (response.headersSent) {
      // Too late for another answer: a broken connection tells the client that this one is incomplete.
      response.destroy()
      return
    }
    const { status, message, problems } = client ?? new ClientError(500, 'internal error')
    response.status(status).json({ error: message, problems })
  }
}

/** Texts of our own for what Express and its body parser report; theirs quote the input. */
const known = new Map([
  [400, 'the request is malformed'],
  [413, 'the body is too large'],
  [415, 'the body has an unsupported charset or encoding'],
])

function asClientError(error: unknown): ClientError | undefined {
  if (error instanceof ClientError) return error
  if (typeof error !== 'object' || error === null) return undefined
  const status = 'status' in error ? Number(error.status) : 500
  if (!(status >= 400 && status < 500)) return undefined
  const isBadJson = 'type' in error && error.type === 'entity.parse.failed'
  return new ClientError(
    status,
    isBadJson ? 'the body is not valid JSON' : (known.get(status) ?? 'bad request'),
  )
}
