import http from 'node:http'
import { expect, test } from 'vitest'
import { ask } from '../elbv2/ask.fixture.ts'
import { httpTarget } from '../elbv2/stand.fixture.ts'
import { scaledClock } from '../time/scaled-clock.ts'
import { type FrontOptions, openFront } from './front.ts'
import { claimAddress } from './own-address.ts'
import { PooledTarget } from './pooled-target.ts'
import { routingAudit } from './routing-audit.ts'
import { TrafficCounter } from './traffic-counts.ts'

const check = {
  port: 'traffic-port',
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
} as const

async function onOwnAddress(options: Partial<FrontOptions> = {}) {
  const own = await claimAddress()
  const clock = scaledClock(100)
  const complete: FrontOptions = {
    clock,
    address: own.address,
    port: 8080,
    loadBalancer: 'app/web/1',
    idleSeconds: () => 60,
    route: () => ({ kind: 'nowhere' }),
    counter: new TrafficCounter(),
    violated: () => {},
    ...options,
  }
  const front = openFront(complete)
  return {
    options: complete,
    front,
    url: `http://${own.address}:8080/`,
    async [Symbol.asyncDispose]() {
      await (await front.catch(() => undefined))?.[Symbol.asyncDispose]()
      await clock[Symbol.asyncDispose]()
      await own[Symbol.asyncDispose]()
    },
  }
}

test('a request that was routed against the rules is noted, and the audit fails', async () => {
  await using app = await httpTarget((_, response) => response.end('served'))
  const audit = routingAudit()
  audit.check()
  await using clock = scaledClock(100)
  const target = new PooledTarget(app.target, {
    clock,
    healthChecks: false,
    healthCheck: () => check,
    letsIn: () => true,
  })
  const choice = { target, failsOpen: false, violation: 'a request was routed to a draining target' }
  const pool = { choose: () => choice }
  await using stand = await onOwnAddress({
    route: () => ({ kind: 'forward', pool, targetGroup: 'targetgroup/web/1' }),
    violated: audit.violated,
  })
  await stand.front
  expect((await ask(stand.url)).body).toBe('served')
  expect(() => audit.check()).toThrow(
    'The load balancer broke its rules: a request was routed to a draining target',
  )
})

test('a port that is taken is refused in plain words', async () => {
  await using stand = await onOwnAddress()
  await stand.front
  const { address } = stand.options
  await expect(openFront(stand.options)).rejects.toThrow(
    `The load balancer cannot listen on ${address}:8080: another process uses the port`,
  )
})

test('an address that the machine does not have is refused with what to do', async () => {
  await using stand = await onOwnAddress({ address: '192.0.2.1' })
  await expect(stand.front).rejects.toThrow('the machine does not have this loopback address')
})

test('every load balancer has an address of its own, which others get once it is given back', async () => {
  const first = await claimAddress()
  await using second = await claimAddress()
  expect(second.address).not.toBe(first.address)
  await first[Symbol.asyncDispose]()
})

test('a connection is kept for the next request, and closed when none comes within the idle time-out', async () => {
  await using stand = await onOwnAddress({ idleSeconds: () => 1 })
  await stand.front
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const began = Date.now()
  let closed = 0
  const connection = new Promise<void>((resolve) => {
    const request = http.get(stand.url, { agent }, (answer) => answer.resume())
    request.on('socket', (socket) => {
      socket.on('close', () => {
        closed = Date.now()
        resolve()
      })
    })
  })
  await ask(stand.url, { agent })
  await connection
  expect(closed - began).toBeGreaterThanOrEqual(1_990)
  expect(closed - began).toBeLessThan(6_000)
})
