import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answer } from './answer.ts'
import { buckets } from './buckets.ts'
import { type CallLog, callRecorder } from './call-log.ts'
import type { Credentials } from './credentials.ts'
import type { Faults } from './faults.ts'
import { closeServer, listenOn } from './listen.ts'
import type { Account } from './perform.ts'
import type { Place } from './place.ts'
import { receive } from './received.ts'
import type { Service } from './service.ts'

/** What the local AWS hosts and how it behaves. */
export interface WireOptions {
  services: readonly Service[]
  place: Place
  credentials: Credentials
  faults: Faults
  /** Whether the services' token buckets apply. */
  throttling: boolean
  /** Milliseconds since the epoch, for the buckets and the call log. The `Date` header is real in any case. */
  now(): number
  /** A free one when absent. */
  port?: number
}

/**
 * The local AWS, listening. Disposal cuts all connections, and throws when an operation failed for a reason of the
 * testbed's own, because a client would have retried and hidden it.
 */
export interface WireServer extends AsyncDisposable {
  /** The value of `AWS_ENDPOINT_URL`, without a slash at the end. */
  url: string
  calls: CallLog
}

async function respond(request: IncomingMessage, response: ServerResponse, account: Account): Promise<void> {
  const reply = await answer(await receive(request), account)
  switch (reply.kind) {
    case 'hang':
      return
    case 'reset':
      request.socket.resetAndDestroy()
      return
    case 'answer':
      // Node adds a true Date header; clients correct their clock by it (aws-model.md 1.7).
      response.writeHead(reply.status, {
        'content-type': reply.contentType,
        'x-amzn-requestid': reply.requestId,
        'content-length': Buffer.byteLength(reply.body),
      })
      response.end(reply.body)
  }
}

async function close(server: Server, defects: readonly unknown[]): Promise<void> {
  await closeServer(server)
  if (defects.length > 0) throw new AggregateError(defects, 'Operations of the testbed failed')
}

/** Starts the local AWS on a loopback port. */
export async function startWireServer(options: WireOptions): Promise<WireServer> {
  const { throttling, port = 0, ...shared } = options
  const calls = callRecorder()
  const defects: unknown[] = []
  const account: Account = {
    ...shared,
    calls,
    defects,
    buckets: throttling ? buckets(() => options.now()) : undefined,
    now: () => options.now(),
  }
  const server = createServer((request, response) => {
    // Only a client that went away, or a defect in the encoding, ends here.
    respond(request, response, account).catch(() => response.destroy())
  })
  const url = `http://${await listenOn(server, '127.0.0.1', port)}`
  return { url, calls, [Symbol.asyncDispose]: () => close(server, defects) }
}
