import { type RequestHandler, Router } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

interface RequestLabels {
  method: string
  route: string
  /** The HTTP status, or `aborted` when the connection ended before there was one. */
  status: number | 'aborted'
}

export interface Metrics {
  observe(labels: RequestLabels, seconds: number): void
  routes: Router
}

/** A registry of its own, so that two apps in one process do not mix their counts. */
export function metrics(build: { version: string; commit: string }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'app_info',
    help: 'Always 1; the labels tell which build answers.',
    labelNames: ['version', 'commit'],
    registers,
  }).set(build, 1)
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })

  return {
    observe({ method, route, status }, seconds) {
      const labels = { method, route, status: String(status) }
      requests.inc(labels)
      durations.observe(labels, seconds)
    },
    routes: Router().get('/metrics', expose(registry)),
  }
}

function expose(registry: Registry): RequestHandler {
  return async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  }
}
