import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeServer, listenOn } from '../../wire/listen.ts'

/**
 * Where layers are downloaded from. It is a host of its own and refuses requests that carry an Authorization header, as
 * S3 does with a presigned URL: a client that takes its registry password along would fail in AWS too.
 */
export interface LayerStore extends AsyncDisposable {
  /** A URL that anybody who knows it may read until the store is closed. */
  urlOf(bytes: Buffer): string
}

const doubleAuthorization =
  '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>'

export async function startLayerStore(address: string): Promise<LayerStore> {
  const ids = new Map<Buffer, string>()
  const layers = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const bytes = layers.get(request.url ?? '')
    if (!bytes) response.writeHead(403).end()
    else if (request.headers.authorization !== undefined) response.writeHead(400).end(doubleAuthorization)
    else sendRange(request, response, bytes)
  })
  const host = await listenOn(server, address, 0)
  return {
    urlOf(bytes) {
      const id = ids.get(bytes) ?? `/layers/${randomUUID()}`
      ids.set(bytes, id)
      layers.set(id, bytes)
      return `http://${host}${id}`
    },
    [Symbol.asyncDispose]: () => closeServer(server),
  }
}

/** One range (RFC 9110, 14.2), or everything. */
function sendRange(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const headers = { 'accept-ranges': 'bytes', 'content-type': 'application/octet-stream' }
  if (first === '' && last === '') {
    response.writeHead(200, { ...headers, 'content-length': bytes.length })
    return void response.end(bytes)
  }
  const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
  const end = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1)
  if (start > end) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` })
    return void response.end()
  }
  response.writeHead(206, {
    ...headers,
    'content-length': end - start + 1,
    'content-range': `bytes ${start}-${end}/${bytes.length}`,
  })
  response.end(bytes.subarray(start, end + 1))
}
