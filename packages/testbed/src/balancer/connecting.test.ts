import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { ask } from '../elbv2/ask.fixture.ts'
import { httpTarget, testStand } from '../elbv2/stand.fixture.ts'

/** Listens, but its thread sleeps, so that connections only fill the kernel's short queue. */
const deaf = `
  const { parentPort } = require('node:worker_threads')
  const server = require('node:net').createServer()
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50)
  })
`

test.runIf(process.platform === 'linux')('a connection that is not made in time is a 504', async () => {
  const worker = new Worker(deaf, { eval: true })
  const [port]: unknown[] = await once(worker, 'message')
  if (typeof port !== 'number') throw new Error('the worker told no port')
  await new Promise((resolve) => setTimeout(resolve, 150))
  const queued = Array.from({ length: 4 }, () => net.connect(port, '127.0.0.1').on('error', () => {}))
  await using stand = testStand(100, false)
  const { group, url, loadBalancer } = await stand.web()
  await stand.operate('ModifyLoadBalancerAttributes', {
    LoadBalancerArn: loadBalancer,
    Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '4000' }],
  })
  stand.balancing.targetGroups.register(group, { id: '127.0.0.1', port })
  const began = Date.now()
  expect((await ask(url)).status).toBe(504)
  expect(Date.now() - began).toBeLessThan(4_000)
  const dimensions = { loadBalancer: loadBalancer.replace(/^.*loadbalancer\//, '') }
  expect(stand.balancing.counts.of(dimensions)).toMatchObject({
    TargetConnectionErrorCount: 1,
    HTTPCode_ELB_504_Count: 1,
  })
  for (const socket of queued) socket.destroy()
  await worker.terminate()
})

test('a slow answer over a connection that was made is waited for', async () => {
  await using app = await httpTarget((_, response) => setTimeout(() => response.end('late'), 2_500))
  await using stand = testStand(100, false)
  const { group, url, loadBalancer } = await stand.web()
  await stand.operate('ModifyLoadBalancerAttributes', {
    LoadBalancerArn: loadBalancer,
    Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '4000' }],
  })
  stand.balancing.targetGroups.register(group, app.target)
  expect(await ask(url)).toMatchObject({ status: 200, body: 'late' })
})
