import type { IncomingMessage, ServerResponse } from 'node:http'
import { headersForClient } from './headers.ts'

/** Bodies up to this size are read before the client gets the head, so that one cut short can still be answered 504. */
const heldBytes = 64 * 1_024

export interface RelayEvents {
  /** The client gets the target's own answer. */
  count(): void
  /** The target broke off its answer. */
  cut(status: 502 | 504): void
}

function sendHead(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', headersForClient(answer))
}

function relayWhole(answer: IncomingMessage, response: ServerResponse, events: RelayEvents): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('error', () => events.cut(504))
  answer.on('end', () => {
    if (response.destroyed) return
    events.count()
    sendHead(answer, response)
    response.end(Buffer.concat(chunks))
  })
}

function relayStream(answer: IncomingMessage, response: ServerResponse, events: RelayEvents): void {
  events.count()
  sendHead(answer, response)
  answer.on('error', () => events.cut(502))
  answer.pipe(response)
}

/**
 * Passes a target's answer on. An answer whose content-length is larger than its body is a 504 as long as the head is
 * held back; a longer one, or a chunked one, is streamed, and breaking off cuts the client's connection.
 */
export function relayAnswer(answer: IncomingMessage, response: ServerResponse, events: RelayEvents): void {
  const announced = answer.headers['content-length']
  if (announced !== undefined && Number(announced) <= heldBytes) relayWhole(answer, response, events)
  else relayStream(answer, response, events)
}
