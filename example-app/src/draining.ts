import type { RequestHandler, Response } from 'express'

/** Whether the app is on its way out, and what its answers say about it. */
export interface Draining {
  readonly begun: boolean
  begin(): void
  /** Makes answers ask the load balancer not to reuse a connection that is about to go away. */
  handler: RequestHandler
}

export function draining(): Draining {
  const running = new Set<Response>()
  let begun = false
  const close = (response: Response) => {
    if (!response.headersSent) response.set('Connection', 'close')
  }
  return {
    get begun() {
      return begun
    },
    begin() {
      begun = true
      // Requests that came before the signal are answered after it; they are told as well.
      running.forEach(close)
    },
    handler(_request, response, next) {
      running.add(response)
      response.once('close', () => running.delete(response))
      if (begun) close(response)
      next()
    },
  }
}
