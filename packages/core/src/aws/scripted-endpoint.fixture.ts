import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text as textOf } from 'node:stream/consumers'

/** For tests of what goes over the wire: an endpoint that answers as it is told and keeps what it received. */
export interface ScriptedEndpoint extends AsyncDisposable {
  url: string
  /** For a client that calls this endpoint once per command. */
  config: {
    endpoint: string
    region: string
    credentials: { accessKeyId: string; secretAccessKey: string }
    maxAttempts: number
  }
  received: Received[]
}

export interface Received {
  /** `DescribeServices` */
  operation: string
  headers: IncomingHttpHeaders
  body: string
}

/** An object is sent as JSON, text as it is; `hang` never answers, `reset` cuts the connection. */
export type Answer = { status?: number; body: object | string } | 'hang' | 'reset'

export async function scriptedEndpoint(
  answer: (received: Received, index: number) => Answer,
): Promise<ScriptedEndpoint> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    const operation = String(request.headers['x-amz-target'] ?? new URLSearchParams(body).get('Action'))
    const call = { operation: operation.replace(/^.*\./, ''), headers: request.headers, body }
    const said = answer(call, received.push(call) - 1)
    if (said === 'reset') request.socket.resetAndDestroy()
    else if (said !== 'hang') {
      const text = typeof said.body === 'string' ? said.body : JSON.stringify(said.body)
      // In two pieces, as answers of some length arrive.
      const bytes = Buffer.from(text)
      response.writeHead(said.status ?? 200, { 'x-amzn-requestid': 'request-1' })
      response.write(bytes.subarray(0, bytes.length / 2))
      response.end(bytes.subarray(bytes.length / 2))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The endpoint has no port')
  const url = `http://127.0.0.1:${address.port}`
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }
  return {
    url,
    config: { endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 },
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
