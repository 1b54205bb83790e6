import http, { type RequestListener } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { users } from './users.ts'

async function service(listener: RequestListener) {
  const server = http.createServer(listener)
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('users come at the rate that was asked for, each on a connection of its own, the paths in turn', async () => {
  const seen: string[] = []
  await using app = await service((request, response) => {
    seen.push(request.url ?? '')
    response.end('ok')
  })
  const traffic = users({ url: app.url, perSecond: 50, paths: ['/', '/orders?page=2'], timeoutMs: 2_000 })
  await wait(1_000)
  const totals = await traffic.stop()
  expect(totals.sent).toBeGreaterThanOrEqual(Math.floor(totals.seconds * 50))
  expect(totals.sent).toBeLessThanOrEqual(Math.ceil(totals.seconds * 50) + 1)
  expect(totals).toMatchObject({ ok: totals.sent, errors: 0, samples: [] })
  expect(app.connections()).toBe(totals.sent)
  expect(new Set(seen)).toEqual(new Set(['/', '/orders?page=2']))
  expect(Math.abs(seen.filter((path) => path === '/').length * 2 - seen.length)).toBeLessThanOrEqual(1)
})

test('a slow service does not hold back the users after', async () => {
  await using app = await service((_, response) => setTimeout(() => response.end(), 500))
  const traffic = users({ url: app.url, perSecond: 40, paths: ['/'], timeoutMs: 2_000 })
  await wait(450)
  expect(traffic.totals()).toMatchObject({ ok: 0, errors: 0 })
  expect(traffic.totals().sent).toBeGreaterThanOrEqual(17)
  const totals = await traffic.stop()
  expect(totals.ok).toBe(totals.sent)
  expect(totals.slowestMs).toBeGreaterThanOrEqual(495)
})

test('what was due while this process was busy is sent late, and its wait counts', async () => {
  await using app = await service((_, response) => response.end())
  const traffic = users({ url: app.url, perSecond: 100, paths: ['/'], timeoutMs: 2_000 })
  await wait(20)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
  await wait(20)
  const totals = await traffic.stop()
  expect(totals.sent).toBeGreaterThanOrEqual(40)
  expect(totals.slowestMs).toBeGreaterThanOrEqual(350)
})

test.each<[string, RequestListener, string, number?]>([
  ['an error status', (_, response) => response.writeHead(502).end('bad'), 'HTTP 502'],
  ['a status that is the user’s fault', (_, response) => response.writeHead(404).end(), 'HTTP 404'],
  ['no answer in time', () => {}, 'timed out', 200],
  ['a reset', (request) => request.socket.destroy(), 'ECONNRESET'],
  [
    'an answer that is broken off',
    (request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half')
      setTimeout(() => request.socket.destroy(), 20)
    },
    'answer broken off',
  ],
])('%s is an error of its kind', async (_, listener, kind, timeoutMs = 10_000) => {
  await using app = await service(listener)
  const traffic = users({ url: app.url, perSecond: 20, paths: ['/orders'], timeoutMs })
  await wait(120)
  const totals = await traffic.stop()
  expect(totals.errorsByKind).toEqual({ [kind]: totals.sent })
  expect(totals.errors).toBe(totals.sent)
  expect(totals.samples[0]).toMatch(new RegExp(`^20\\d\\d-.*Z /orders ${kind}$`))
})

test('nobody listening is an error too, and the count stays as it was after stop', async () => {
  const app = await service(() => {})
  await app[Symbol.asyncDispose]()
  const traffic = users({ url: app.url, perSecond: 50, paths: ['/'], timeoutMs: 1_000 })
  await wait(100)
  const totals = await traffic.stop()
  expect(totals.errorsByKind).toEqual({ ECONNREFUSED: totals.sent })
  await wait(100)
  expect(await traffic.stop()).toEqual(totals)
})

test.each([
  ['no path', { perSecond: 1, paths: [] }],
  ['a rate of nothing', { perSecond: 0, paths: ['/'] }],
  ['a rate that is no number', { perSecond: Number.NaN, paths: ['/'] }],
])('%s is refused', (_, wrong) => {
  expect(() => users({ url: 'http://127.0.0.1:1', timeoutMs: 1, ...wrong })).toThrow(RangeError)
})
