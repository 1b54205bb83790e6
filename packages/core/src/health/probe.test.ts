import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { probe } from './probe.ts'

/** A real server on a port of its own; disposal cuts what is still connected. */
async function listening<S extends Server>(server: S) {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const http = (answer: RequestListener) => listening(createServer(answer))
const tcp = (connected: (socket: Socket) => void) => listening(createTcpServer(connected))

describe('an answer', () => {
  test.each([200, 204, 404, 503])('of status %i is seen as it is', async (status) => {
    await using server = await http((_, response) =>
      response.writeHead(status).end(status === 204 ? '' : 'body'),
    )
    const look = await probe(server.url)
    expect(look).toEqual({
      kind: 'answered',
      status,
      milliseconds: expect.any(Number),
      body: status === 204 ? '' : 'body',
    })
  })

  test('that redirects is not followed', async () => {
    const paths: (string | undefined)[] = []
    await using server = await http((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: '/other' }).end()
    })
    expect(await probe(`${server.url}/health?deep=1`)).toMatchObject({ kind: 'answered', status: 302 })
    expect(paths).toEqual(['/health?deep=1'])
  })

  test('that is big is read up to the limit and no further', async () => {
    await using server = await http((_, response) => {
      response.writeHead(200)
      const more = () => {
        while (response.write('x'.repeat(1000)));
        response.once('drain', more)
      }
      more()
    })
    const look = await probe(server.url, { maxBody: 5000 })
    expect(look).toMatchObject({ kind: 'answered', status: 200, body: 'x'.repeat(5000) })
  })

  test('that is slow is timed', async () => {
    await using server = await http((_, response) => setTimeout(() => response.end('late'), 120))
    const look = await probe(server.url)
    expect(look).toMatchObject({ kind: 'answered', body: 'late' })
    expect(look.kind === 'answered' && look.milliseconds).toBeGreaterThanOrEqual(115)
  })
})

test('each look makes a connection of its own and sends the headers given', async () => {
  const agents: (string | undefined)[] = []
  await using server = await http((request, response) => {
    agents.push(request.headers['user-agent'])
    response.end()
  })
  await probe(server.url)
  await probe(server.url, { headers: { 'user-agent': 'other' } })
  expect(server.sockets.size).toBe(2)
  expect(agents).toEqual(['ecs-release-actions', 'other'])
})

describe('no answer', () => {
  test('because nobody listens', async () => {
    const server = await http(() => undefined)
    await server[Symbol.asyncDispose]()
    expect(await probe(server.url)).toEqual({
      kind: 'no-connection',
      reason: expect.stringMatching(/^ECONNREFUSED/),
    })
  })

  test('because there is no such host', async () => {
    expect(await probe('http://no-such-host.invalid')).toEqual({
      kind: 'no-connection',
      reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    })
  })

  test.each<[string, (socket: Socket) => void]>([
    ['resets the connection', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['closes without a word', (socket) => socket.once('data', () => socket.end())],
    [
      'breaks off within the body',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab')),
    ],
    ['talks another protocol', (socket) => socket.once('data', () => socket.end('220 mail ESMTP\r\n'))],
  ])('because the server %s', async (_, connected) => {
    await using server = await tcp(connected)
    expect(await probe(server.url)).toEqual({ kind: 'no-connection', reason: expect.stringMatching(/\w/) })
  })

  test.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    ['stops within the headers', (socket) => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n'))],
    [
      'stops within the body',
      (socket) => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab')),
    ],
  ])('in time because the server accepts and %s', async (_, connected) => {
    await using server = await tcp(connected)
    const started = performance.now()
    expect(await probe(server.url, { timeout: 150 })).toEqual({ kind: 'timed-out' })
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('because the TLS handshake does not come about', async () => {
    await using server = await tcp(() => undefined)
    const look = await probe(server.url.replace('http:', 'https:'), { connectTimeout: 100 })
    expect(look).toEqual({ kind: 'no-connection', reason: 'no connection within 100 ms' })
  })
})

test('a malformed URL is an error of the caller', () => {
  expect(() => probe('not a url')).toThrow(TypeError)
})
