import { type ClientRequest, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

export interface ProbeOptions {
  /** Milliseconds until the connection must stand, TLS included. */
  connectTimeout?: number
  /** Milliseconds for everything, the end of the body included. */
  timeout?: number
  /** Bytes of the body that are read; the rest is not waited for. */
  maxBody?: number
  headers?: Readonly<Record<string, string>>
}

/** `milliseconds` runs from the start of the connection to the end of the body (or of what is read of it). */
export type Look =
  | { kind: 'answered'; status: number; milliseconds: number; body: string }
  /** No connection, or one that broke before the answer was complete. */
  | { kind: 'no-connection'; reason: string }
  | { kind: 'timed-out' }

const CONNECT_TIMEOUT = 3_000
const TIMEOUT = 10_000
const MAX_BODY = 64 * 1024

/**
 * One GET as a new client of the service would make it: a connection of its own, so that a load balancer chooses anew, and no
 * redirects followed. Every way to fail is a value; only a malformed URL throws.
 */
export function probe(url: string, options: ProbeOptions = {}): Promise<Look> {
  const { connectTimeout = CONNECT_TIMEOUT, timeout = TIMEOUT, maxBody = MAX_BODY, headers = {} } = options
  const target = new URL(url)
  const started = performance.now()
  return new Promise((resolve) => {
    const request = open(target, headers)
    const end = (look: Look) => {
      clearTimeout(whole)
      clearTimeout(connecting)
      resolve(look)
      request.destroy()
    }
    const broken = (error: Error) => end({ kind: 'no-connection', reason: reasonOf(error) })
    const late = { kind: 'no-connection', reason: `no connection within ${connectTimeout} ms` } as const
    const whole = setTimeout(() => end({ kind: 'timed-out' }), timeout)
    const connecting = setTimeout(() => end(late), connectTimeout)
    request.on('error', broken)
    request.on('socket', (socket) => {
      socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting))
    })
    request.on('response', (response) => {
      readBody(response, maxBody).then((body) => {
        const milliseconds = performance.now() - started
        end({ kind: 'answered', status: response.statusCode ?? 0, milliseconds, body })
      }, broken)
    })
    request.end()
  })
}

/** `agent: false` gives each request a connection of its own. */
function open(target: URL, headers: Readonly<Record<string, string>>): ClientRequest {
  const options = { agent: false, headers: { 'user-agent': 'ecs-release-actions', ...headers } }
  return target.protocol === 'https:' ? requestHttps(target, options) : requestHttp(target, options)
}

async function readBody(response: AsyncIterable<Buffer>, atMost: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= atMost) break
  }
  return Buffer.concat(chunks).subarray(0, atMost).toString('utf8')
}

function reasonOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? `${code}: ${error.message || 'connection failed'}` : error.message
}
