import { Router } from 'express'
import type { Config } from './config.ts'
import type { Draining } from './draining.ts'

/**
 * GET /health for the load balancer and for the container health check. While the app drains it still answers
 * 200: it does still serve, and a 503 would make users' last requests fail in the seconds before the load
 * balancer has let go of it.
 */
export function healthRoutes(config: Config, drain: Draining): Router {
  return Router().get('/health', (_request, response) => {
    const common = { version: config.version, uptimeSeconds: Math.round(process.uptime()) }
    if (config.drills.health === 'fail') {
      response.status(503).json({ status: 'failing', reason: 'DRILL_HEALTH=fail', ...common })
      return
    }
    response.json({ status: drain.begun ? 'draining' : 'ok', ...common })
  })
}
