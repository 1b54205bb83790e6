import { authenticate, denialText } from './authentication.ts'
import type { Buckets } from './buckets.ts'
import type { CallRecorder } from './call-log.ts'
import type { Credentials, Session } from './credentials.ts'
import type { Fault, Faults } from './faults.ts'
import type { JsonObject } from './json.ts'
import type { Place } from './place.ts'
import type { Received } from './received.ts'
import { refuse } from './refusal.ts'
import type { Route } from './route.ts'
import type { Service } from './service.ts'
import { ServiceError } from './service-error.ts'

/** One AWS account in one region, with everything that all its services share. */
export interface Account {
  services: readonly Service[]
  place: Place
  credentials: Credentials
  faults: Faults
  /** Absent when nothing is throttled. */
  buckets: Buckets | undefined
  calls: CallRecorder
  /** What operations threw that was no ServiceError. */
  defects: unknown[]
  now(): number
}

/** A call on its way to its operation. */
export interface Pending {
  request: Received
  route: Route
  input: JsonObject
  requestId: string
  injected: readonly Fault[]
  /** Filled with what IAM was asked. */
  permissions: string[]
}

function failWhereInjected(service: Service, injected: readonly Fault[]): void {
  for (const fault of injected) {
    if (fault.kind === 'throttle') throw refuse(service, 'throttled')
    if (fault.kind === 'expired') throw refuse(service, 'expired')
    if (fault.kind === 'error') throw new ServiceError(fault.code, fault.message)
    if (fault.kind === 'server-error') {
      const { code, message, status } = refuse(service, 'internal')
      throw new ServiceError(code, message, fault.status ?? status)
    }
  }
}

function authorise(session: Session, pending: Pending, credentials: Credentials): void {
  const { service, operation } = pending.route
  const action = `${service.name}:${operation}`
  // Documented exception: GetCallerIdentity needs no permission and works under an explicit deny.
  if (action === 'sts:GetCallerIdentity') return
  const resource = () => service.resource(operation, pending.input)
  const ask = (asked: string, of: () => string | undefined, always: boolean): void => {
    pending.permissions.push(asked)
    const denial = always ? {} : credentials.denial(asked, of)
    if (denial) throw refuse(service, 'denied', denialText(session, asked, of(), denial))
  }
  const faulty = pending.injected.some(({ kind }) => kind === 'denied')
  ask(action, resource, faulty)
  for (const further of service.furtherPermissions?.(operation, pending.input) ?? []) {
    ask(further.action, () => further.resource, false)
  }
}

function unknownOperation({ service, operation }: Route): ServiceError {
  const text =
    service.protocol.kind === 'query'
      ? `The action ${operation} is not valid for this web service.`
      : `This testbed has no operation ${service.name}:${operation}`
  return refuse(service, 'unknown-operation', text)
}

/** Runs a call through the front of the service, in AWS's order: authentication, rate, permission, then the operation. */
export async function perform(pending: Pending, account: Account): Promise<JsonObject> {
  const { request, route, input, requestId, injected } = pending
  const { service, operation } = route
  const run = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined
  if (!run) throw unknownOperation(route)
  failWhereInjected(service, injected)
  const session = authenticate(request, service, account.place, account.credentials)
  if (account.buckets && !account.buckets.take(service, operation)) throw refuse(service, 'throttled')
  authorise(session, pending, account.credentials)
  const caller = { accessKeyId: session.accessKeyId, arn: session.arn }
  // Copies, so that neither the operation's state nor the record changes with the other.
  const output = structuredClone(await run(structuredClone(input), { operation, caller, requestId }))
  return injected.reduce((body, fault) => (fault.kind === 'answer' ? fault.change(body) : body), output)
}
