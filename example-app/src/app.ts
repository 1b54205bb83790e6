import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { aboutRoutes } from './about.ts'
import type { Config } from './config.ts'
import type { Draining } from './draining.ts'
import { slowDown } from './drills.ts'
import { errorHandler, notFound } from './errors.ts'
import { greetingRoutes } from './greeting.ts'
import { healthRoutes } from './health.ts'
import type { Logger } from './logging.ts'
import { metrics } from './metrics.ts'
import { ordersRoutes } from './orders.ts'
import { observeRequests } from './requests.ts'

export interface AppOptions {
  config: Config
  log: Logger
  drain: Draining
  /** The source of chance for drills, from 0 up to but not including 1. */
  random?: () => number
}

export function createApp(options: AppOptions): Express {
  const { config, log, drain, random = Math.random } = options
  const { drills } = config
  const measured = metrics({ version: config.version, commit: config.commit })

  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.use(observeRequests(measured, log))
  app.use(helmet())
  app.use(neverCached, drain.handler)
  // Before the latency drill: a release that is slow for users must still look healthy and be measurable.
  app.use(healthRoutes(config, drain), measured.routes)
  app.use(slowDown(drills.latencyMs))
  app.use(aboutRoutes(config), greetingRoutes())
  app.use(ordersRoutes({ errorRate: drills.ordersErrorRate, random }))
  app.use(notFound())
  app.use(errorHandler(log))
  return app
}

/** Every answer is about this moment and this task. */
const neverCached: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}
