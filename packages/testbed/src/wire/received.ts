import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request as it came in, before anything is known about the service it is for. */
export interface Received {
  method: string
  /** Raw, without the query string. */
  path: string
  query: string
  /** Names in lower case; repeated headers joined with a comma. */
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/** Reads a request to its end. Rejects when the client goes away before. */
export async function receive(request: IncomingMessage): Promise<Received> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  }
  return { method: request.method ?? 'POST', path, query, headers, body: await buffer(request) }
}
