import { Router } from 'express'
import type { Config } from './config.ts'

const routes = ['/health', '/orders', '/metrics', '/version', '/api/hello?name=']

/** GET / and GET /version: which build is this, and since when does it run. */
export function aboutRoutes({ version, commit }: Config): Router {
  const started = new Date().toISOString()
  return Router()
    .get('/', (_request, response) => {
      response.json({ service: 'example-app', version, routes })
    })
    .get('/version', (_request, response) => {
      response.json({ version, commit, started })
    })
}
