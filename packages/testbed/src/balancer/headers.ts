import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Headers that belong to one connection; a proxy does not pass them on (RFC 9110 7.6.1). `expect` is answered here. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
])

function traceId(): string {
  const seconds = Math.floor(Date.now() / 1_000).toString(16)
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`
}

/**
 * What the target gets: the client's headers, and those that an Application Load Balancer adds.
 * Source: "HTTP headers and Application Load Balancers". `connection: close`, because the balancer keeps no connection
 * to a target between requests.
 */
export function headersForTarget(request: IncomingMessage, port: number): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    const [first] = values
    if (hopByHop.has(name) || first === undefined) continue
    headers[name] = values.length === 1 ? first : values
  }
  const client = request.socket.remoteAddress ?? ''
  const forwarded = request.headersDistinct['x-forwarded-for'] ?? []
  return {
    'x-amzn-trace-id': traceId(),
    ...headers,
    'x-forwarded-for': [...forwarded, client].join(', '),
    'x-forwarded-proto': 'http',
    'x-forwarded-port': String(port),
    connection: 'close',
  }
}

/** What the client gets of a target's headers, in their order and spelling. */
export function headersForClient(answer: IncomingMessage): string[] {
  const headers: string[] = []
  for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2) {
    const [name, value] = answer.rawHeaders.slice(index, index + 2)
    if (name === undefined || value === undefined || hopByHop.has(name.toLowerCase())) continue
    headers.push(name, value)
  }
  return headers
}
