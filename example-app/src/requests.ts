import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from './logging.ts'
import type { Metrics } from './metrics.ts'

/** Counts and logs each request when its answer is sent, also when its connection ended before. */
export function observeRequests(metrics: Metrics, log: Logger): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now()
    response.once('close', () => {
      const seconds = (performance.now() - begun) / 1000
      // A response that never began still holds the default status 200.
      const status = response.headersSent ? response.statusCode : undefined
      metrics.observe(
        { method: request.method, route: routePattern(request), status: status ?? 'aborted' },
        seconds,
      )
      // Load balancers and ECS ask for /health every few seconds from every zone; their lines would hide the
      // users'.
      if (request.path !== '/health') logRequest(log, request, response, { status, seconds })
    })
    next()
  }
}

interface Answer {
  status: number | undefined
  seconds: number
}

function logRequest(log: Logger, request: Request, response: Response, answer: Answer): void {
  log.info('request', {
    method: request.method,
    // Without the query string, which may carry what users typed.
    path: request.path,
    status: answer.status,
    milliseconds: Math.round(answer.seconds * 1000),
    aborted: response.writableFinished ? undefined : true,
    trace: request.get('x-amzn-trace-id'),
  })
}

/**
 * Paths that no route matched share one label; scanners would otherwise create a time series for each URL
 * they try.
 */
function routePattern(request: Request): string {
  const route: unknown = request.route
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'unmatched'
  return String(route.path)
}
