import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from '../../wire/faults.ts'
import { receive } from '../../wire/received.ts'
import { asRegistryError } from './registry-error.ts'
import type { RegistryFault } from './registry-fault.ts'
import type { RegistryRecorder, RegistryRequest } from './registry-log.ts'
import { errorReply, type RegistryReply } from './reply.ts'
import { registryRoute } from './route.ts'
import { type Registry, serve } from './serve.ts'

/** What a listening registry has besides what its requests are answered from. */
export interface Listening {
  registry: Registry
  faults: Faults<RegistryFault>
  log: RegistryRecorder
  /** What was thrown that is no refusal: defects of the testbed. */
  defects: unknown[]
}

/** Answers one request of the registry API (OCI distribution spec), or does to it what is injected. */
export async function respond(
  { registry, faults, log, defects }: Listening,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await receive(incoming)
  const route = registryRoute(request.method, request.path)
  const entry: RegistryRequest = {
    operation: route?.operation ?? '',
    method: request.method,
    path: incoming.url ?? '',
    repository: route?.repository ?? '',
    outcome: 'pending',
    at: registry.ecr.clock.now(),
    userAgent: request.headers['user-agent'] ?? '',
  }
  log.add(entry)
  const injected = faults.next('ecr', entry.operation)
  const lost = injected.find((fault) => fault.kind === 'hang' || fault.kind === 'reset')
  for (const fault of injected) if (fault.kind === 'hold') await fault.until
  const reply =
    lost && !lost.processed ? undefined : attempt(() => serve(registry, request, route, injected), defects)
  entry.outcome = lost?.kind ?? reply?.status ?? 'pending'
  if (lost?.kind === 'reset') incoming.socket.resetAndDestroy()
  if (reply && !lost) send(response, request.method, reply)
}

function attempt(answer: () => RegistryReply, defects: unknown[]): RegistryReply {
  try {
    return answer()
  } catch (error) {
    const refusal = asRegistryError(error)
    if (refusal) return errorReply(refusal)
    defects.push(error)
    return { status: 500, headers: {}, body: `Defect: ${error}` }
  }
}

function send(response: ServerResponse, method: string, { status, headers, body }: RegistryReply): void {
  const common = { 'docker-distribution-api-version': 'registry/2.0' }
  // An answer to HEAD has no body, an error's included: clients see only the status.
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const bodyless = method === 'HEAD' ? {} : { 'content-length': '0' }
  response.writeHead(status, { ...common, ...bodyless, ...length, ...headers })
  response.end(method === 'HEAD' ? undefined : body)
}
