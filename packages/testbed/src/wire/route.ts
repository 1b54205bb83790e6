import type { Received } from './received.ts'
import type { Service } from './service.ts'

/** Which service and operation a request names; the operation need not exist. */
export interface Route {
  service: Service
  operation: string
}

function byTarget(services: readonly Service[], target: string): Route | undefined {
  const [prefix, operation = ''] = target.split('.', 2)
  const service = services.find(
    ({ protocol }) => protocol.kind === 'json' && protocol.targetPrefix.replace(/\.$/, '') === prefix,
  )
  return service && { service, operation }
}

function byForm(services: readonly Service[], body: string): Route | undefined {
  const form = new URLSearchParams(body)
  const service = services.find(
    ({ protocol }) => protocol.kind === 'query' && protocol.version === form.get('Version'),
  )
  return service && { service, operation: form.get('Action') ?? '' }
}

/** Finds the service by `x-amz-target`, else by the form's `Version` and `Action` (aws-model.md 1.1). */
export function findRoute(services: readonly Service[], request: Received): Route | undefined {
  const target = request.headers['x-amz-target']
  return target === undefined ? byForm(services, request.body.toString()) : byTarget(services, target)
}
