import { randomUUID } from 'node:crypto'
import type { RecordedCall } from './call-log.ts'
import type { Codec } from './codec.ts'
import { codecOf } from './codec-of.ts'
import { type Account, perform } from './perform.ts'
import type { Received } from './received.ts'
import { refuse } from './refusal.ts'
import { findRoute, type Route } from './route.ts'
import { ServiceError } from './service-error.ts'

/** What goes back over the connection; a hang or a reset leaves the client without an answer. */
export type Reply =
  | { kind: 'answer'; status: number; contentType: string; requestId: string; body: string }
  | { kind: 'hang' }
  | { kind: 'reset' }

function unroutable(request: Received, requestId: string): Reply {
  const target = request.headers['x-amz-target']
  if (target === undefined) {
    const body = '<UnknownOperationException/>'
    return { kind: 'answer', status: 404, contentType: 'text/xml', requestId, body }
  }
  const message = `No service of this testbed answers to ${target}`
  const body = JSON.stringify({ __type: 'UnknownOperationException', message })
  return { kind: 'answer', status: 400, contentType: 'application/x-amz-json-1.1', requestId, body }
}

function record(request: Received, { service, operation }: Route, account: Account): RecordedCall {
  const attempt = Number(/attempt=(\d+)/.exec(request.headers['amz-sdk-request'] ?? '')?.[1] ?? 1)
  const userAgent = request.headers['user-agent'] ?? ''
  const at = account.now()
  const call: RecordedCall = {
    service: service.name,
    operation,
    input: {},
    at,
    outcome: 'pending',
    permissions: [],
    attempt,
    userAgent,
  }
  account.calls.add(call)
  return call
}

function errorReply(error: ServiceError, codec: Codec, requestId: string): Reply {
  const body = codec.encodeError(error, requestId)
  return { kind: 'answer', status: error.status, contentType: codec.contentType, requestId, body }
}

/** Takes one request from routing to the encoded answer. Never rejects: a defect of the testbed is kept and answered as a 500. */
export async function answer(request: Received, account: Account): Promise<Reply> {
  const requestId = randomUUID()
  const route = findRoute(account.services, request)
  if (!route) return unroutable(request, requestId)
  const { service, operation } = route
  const codec = codecOf(service.protocol)
  const call = record(request, route, account)
  const injected = account.faults.next(service.name, operation)
  const lost = injected.find((fault) => fault.kind === 'hang' || fault.kind === 'reset')
  call.outcome = lost?.kind ?? 'pending'
  if (lost && !lost.processed) return { kind: lost.kind }
  try {
    call.input = codec.decode(request.body.toString())
    for (const fault of injected) if (fault.kind === 'hold') await fault.until
    const { input, permissions } = call
    const output = await perform({ request, route, input, requestId, injected, permissions }, account)
    for (const fault of injected) if (fault.kind === 'late-answer') await fault.until()
    if (lost) return { kind: lost.kind }
    Object.assign(call, { outcome: 'ok', output })
    const body = codec.encode(operation, output, requestId)
    return { kind: 'answer', status: 200, contentType: codec.contentType, requestId, body }
  } catch (error) {
    if (lost) return { kind: lost.kind }
    if (!(error instanceof ServiceError)) account.defects.push(error)
    const known = error instanceof ServiceError ? error : refuse(service, 'internal', `Defect: ${error}`)
    call.outcome = known.code
    return errorReply(known, codec, requestId)
  }
}
