import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { ask } from '../elbv2/ask.fixture.ts'
import { httpTarget, rawTarget, type TestTarget, testStand } from '../elbv2/stand.fixture.ts'

test('a request and its answer pass through, with what a load balancer adds', async () => {
  await using app = await httpTarget((request, response) => {
    if (request.url === '/') return response.end()
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'x-own': 'yes' })
      response.end(
        JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }),
      )
    })
    return undefined
  })
  await using stand = testStand(100)
  const { group, url } = await stand.web()
  stand.balancing.targetGroups.register(group, app.target)
  await expect.poll(() => stand.balancing.targetGroups.health(group, app.target)?.state).toBe('healthy')
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-mine': 'kept', connection: 'keep-alive, x-hop' }
  const answer = await ask(`${url}/orders?page=2`, { method: 'PUT', headers }, 'a body')
  expect(answer).toMatchObject({ status: 201, headers: { 'set-cookie': ['a=1', 'b=2'], 'x-own': 'yes' } })
  expect(JSON.parse(answer.body)).toMatchObject({
    method: 'PUT',
    url: '/orders?page=2',
    body: 'a body',
    headers: {
      host: new URL(url).host,
      'x-mine': 'kept',
      'x-forwarded-for': '203.0.113.9, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '8080',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    },
  })
  const large = await ask(`${url}/large`, { method: 'POST' }, 'x'.repeat(300_000))
  expect(JSON.parse(large.body).body).toHaveLength(300_000)
  expect(await ask(url, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
})

test('healthy targets take turns', async () => {
  const hits = [0, 0, 0]
  const start = (index: number) =>
    httpTarget((_, response) => {
      hits[index] = (hits[index] ?? 0) + 1
      response.end()
    })
  await using first = await start(0)
  await using second = await start(1)
  await using third = await start(2)
  await using stand = testStand(100, false)
  const { group, url } = await stand.web()
  for (const { target } of [first, second, third]) stand.balancing.targetGroups.register(group, target)
  for (let n = 0; n < 9; n += 1) await ask(url)
  expect(hits).toEqual([3, 3, 3])
})

const head = 'HTTP/1.1 200 OK\r\n'
test.each<[string, (socket: Socket) => void, number]>([
  ['resets with the request outstanding', (socket) => socket.resetAndDestroy(), 502],
  ['closes with the request outstanding', (socket) => socket.end(), 502],
  ['talks nonsense', (socket) => socket.end('what?\r\n\r\n'), 502],
  ['sends more than 32 K of headers', (socket) => socket.end(`${head}x: ${'y'.repeat(40_000)}\r\n\r\n`), 502],
  ['announces more than it sends', (socket) => socket.end(`${head}content-length: 100\r\n\r\nshort`), 504],
  ['never answers', () => {}, 504],
  ['never ends its answer', (socket) => socket.write(`${head}content-length: 100\r\n\r\nshort`), 504],
])('a target that %s', async (_, talk, status) => {
  let requests = 0
  await using bad = await rawTarget((socket) => {
    requests += 1
    talk(socket)
  })
  await using stand = testStand(60, false)
  const { group, url } = await stand.web()
  stand.balancing.targetGroups.register(group, bad.target)
  const { body, headers, ...answer } = await ask(url)
  expect(answer.status).toBe(status)
  expect(headers.server).toBe('awselb/2.0')
  expect(body).toContain(`<h1>${status} `)
  expect(requests, 'a request is never sent twice').toBe(1)
})

test('a request to a dead target is a 502, not a second try at the live one', async () => {
  let requests = 0
  await using alive = await httpTarget((_, response) => {
    requests += 1
    response.end()
  })
  const dead: TestTarget = await httpTarget(() => {})
  await dead.kill()
  await using stand = testStand(100, false)
  const { group, url } = await stand.web()
  for (const { target } of [alive, dead]) stand.balancing.targetGroups.register(group, target)
  const statuses: number[] = []
  for (let n = 0; n < 6; n += 1) statuses.push((await ask(url)).status)
  expect(statuses.sort()).toEqual([200, 200, 200, 502, 502, 502])
  expect(requests).toBe(3)
})

test('a long answer is streamed, and cut off for the client when the target dies', async () => {
  await using app = await rawTarget((socket) => {
    socket.write(`${head}content-length: 1000000\r\n\r\nbeginning`)
    setTimeout(() => socket.resetAndDestroy(), 50)
  })
  await using stand = testStand(100, false)
  const { group, url } = await stand.web()
  stand.balancing.targetGroups.register(group, app.target)
  await expect(ask(url)).rejects.toThrow(/aborted|ECONNRESET/)
})
