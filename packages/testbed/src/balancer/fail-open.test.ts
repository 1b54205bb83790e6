import { expect, test } from 'vitest'
import { ask } from '../elbv2/ask.fixture.ts'
import { httpTarget, rawTarget, testStand } from '../elbv2/stand.fixture.ts'

const tailOf = (arn: string) => arn.split(':').slice(5).join(':').replace('loadbalancer/', '')

test('nobody registered is a 503 that no target-group metric shows', async () => {
  await using stand = testStand()
  const { url, group, loadBalancer } = await stand.web()
  expect((await ask(url)).status).toBe(503)
  const dimensions = { loadBalancer: tailOf(loadBalancer) }
  expect(stand.balancing.counts.of(dimensions)).toEqual({
    HTTPCode_ELB_503_Count: 1,
    HTTPCode_ELB_5XX_Count: 1,
  })
  expect(stand.balancing.counts.of({ ...dimensions, targetGroup: tailOf(group) })).toEqual({})
})

test('traffic goes to healthy targets only, and to all when none is healthy', async () => {
  let healthy = true
  await using good = await httpTarget(({ headers }, response) => {
    const probing = headers['user-agent'] === 'ELB-HealthChecker/2.0'
    response.writeHead(probing && !healthy ? 500 : 200).end('good')
  })
  await using bad = await httpTarget((_, response) => response.writeHead(500).end('bad'))
  await using stand = testStand(100)
  const { group, url, loadBalancer } = await stand.web({ HealthCheckIntervalSeconds: '10' })
  const { targetGroups, counts } = stand.balancing
  for (const { target } of [good, bad]) targetGroups.register(group, target)
  await expect.poll(() => targetGroups.health(group, good.target)?.state, { interval: 5 }).toBe('healthy')
  for (let n = 0; n < 6; n += 1) expect(await ask(url)).toMatchObject({ status: 200, body: 'good' })

  healthy = false
  await expect.poll(() => targetGroups.health(group, good.target)?.state, { interval: 5 }).toBe('unhealthy')
  await expect.poll(() => targetGroups.health(group, bad.target)?.state, { interval: 5 }).toBe('unhealthy')
  const bodies: string[] = []
  for (let n = 0; n < 6; n += 1) bodies.push((await ask(url)).body)
  expect(bodies.sort()).toEqual(['bad', 'bad', 'bad', 'good', 'good', 'good'])
  const both = {
    RequestCount: 12,
    HTTPCode_Target_2XX_Count: 9,
    HTTPCode_Target_5XX_Count: 3,
    UnhealthyRoutingRequestCount: 6,
  }
  expect(counts.of({ loadBalancer: tailOf(loadBalancer), targetGroup: tailOf(group) })).toEqual(both)
  expect(counts.of({ loadBalancer: tailOf(loadBalancer) }), 'probes are not counted').toEqual(both)
})

test('targets that are all initial get traffic as when the group fails open', async () => {
  await using app = await httpTarget((_, response) => response.end('early'))
  await using stand = testStand(1)
  const { group, url } = await stand.web()
  stand.balancing.targetGroups.register(group, app.target)
  expect((await ask(url)).body).toBe('early')
  expect(stand.balancing.targetGroups.health(group, app.target)?.state).toBe('initial')
})

test('what the load balancer answers itself is counted for it alone, refused connections for both', async () => {
  const dead = await httpTarget(() => {})
  await dead.kill()
  await using cut = await rawTarget((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'))
  await using stand = testStand(100, false)
  const { group, url, loadBalancer } = await stand.web()
  stand.balancing.targetGroups.register(group, dead.target)
  expect((await ask(url)).status).toBe(502)
  stand.balancing.targetGroups.register(group, cut.target)
  await stand.operate('DeregisterTargets', {
    TargetGroupArn: group,
    Targets: [{ Id: '127.0.0.1', Port: `${dead.target.port}` }],
  })
  expect((await ask(url)).status).toBe(504)
  const dimensions = { loadBalancer: tailOf(loadBalancer) }
  const ofGroup = { RequestCount: 2, TargetConnectionErrorCount: 1 }
  expect(stand.balancing.counts.of({ ...dimensions, targetGroup: tailOf(group) })).toEqual(ofGroup)
  expect(stand.balancing.counts.of(dimensions)).toEqual({
    ...ofGroup,
    HTTPCode_ELB_502_Count: 1,
    HTTPCode_ELB_504_Count: 1,
    HTTPCode_ELB_5XX_Count: 2,
  })
})

test('a client that leaves ends the target’s request and counts as a 4XX of the load balancer', async () => {
  let came = 0
  let left = 0
  await using app = await httpTarget((request) => {
    came += 1
    request.on('close', () => (left += 1))
  })
  await using stand = testStand(1, false)
  const { group, url, loadBalancer } = await stand.web()
  stand.balancing.targetGroups.register(group, app.target)
  const leaving = new AbortController()
  const asked = ask(url, { signal: leaving.signal })
  await expect.poll(() => came).toBe(1)
  leaving.abort()
  await expect(asked).rejects.toThrow()
  await expect.poll(() => left).toBe(1)
  expect(stand.balancing.counts.of({ loadBalancer: tailOf(loadBalancer) })).toMatchObject({
    HTTPCode_ELB_4XX_Count: 1,
  })
})
