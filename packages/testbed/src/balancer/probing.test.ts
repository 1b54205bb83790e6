import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { dig, httpTarget, rawTarget, type TestTarget, testStand } from '../elbv2/stand.fixture.ts'

test('a target is unused until a listener forwards to its group, then initial, then healthy', async () => {
  await using app = await httpTarget((_, response) => response.end())
  await using stand = testStand(20)
  const { targetGroups } = stand.balancing
  const group = { Name: 'later', Protocol: 'HTTP', Port: '80', VpcId: 'vpc-1', TargetType: 'ip' }
  const made = await stand.operate('CreateTargetGroup', group)
  const arn = String(dig(made, 'TargetGroups', 0, 'TargetGroupArn'))
  targetGroups.register(arn, app.target)
  await wait(300)
  expect(targetGroups.health(arn, app.target)).toEqual({
    target: app.target,
    state: 'unused',
    reason: 'Target.NotInUse',
    description: 'Target group is not configured to receive traffic from the load balancer',
  })
  const { listener } = await stand.web()
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: arn }]
  await stand.operate('ModifyListener', { ListenerArn: listener, DefaultActions })
  expect(targetGroups.health(arn, app.target)).toMatchObject({
    state: 'initial',
    reason: 'Elb.RegistrationInProgress',
    description: 'Target registration is in progress',
  })
  await expect.poll(() => targetGroups.health(arn, app.target)?.state, { interval: 5 }).toBe('healthy')
  await stand.operate('DeleteListener', { ListenerArn: listener })
  expect(targetGroups.health(arn, app.target)).toMatchObject({ state: 'unused', reason: 'Target.NotInUse' })
})

test.each<[string, () => Promise<TestTarget>, string, string]>([
  [
    'answers 503',
    () => httpTarget((_, response) => response.writeHead(503).end()),
    'Target.ResponseCodeMismatch',
    'Health checks failed with these codes: [503]',
  ],
  [
    'redirects',
    () => httpTarget((_, response) => response.writeHead(302, { location: '/' }).end()),
    'Target.ResponseCodeMismatch',
    'Health checks failed with these codes: [302]',
  ],
  ['never answers', () => httpTarget(() => {}), 'Target.Timeout', 'Request timed out'],
  [
    'never ends its answer',
    () => httpTarget((_, response) => response.writeHead(200).write('…')),
    'Target.Timeout',
    'Request timed out',
  ],
  [
    'talks nonsense',
    () => rawTarget((socket) => socket.end('hello\r\n')),
    'Target.FailedHealthChecks',
    'Health checks failed',
  ],
  [
    'resets',
    () => rawTarget((socket) => socket.resetAndDestroy()),
    'Target.FailedHealthChecks',
    'Health checks failed',
  ],
])(
  'a new target that %s stays initial for one probe and is unhealthy after two',
  async (_, start, reason, description) => {
    await using app = await start()
    await using stand = testStand()
    const { group } = await stand.web()
    const { targetGroups } = stand.balancing
    targetGroups.register(group, app.target)
    const states = new Set<string | undefined>()
    const look = () => {
      const health = targetGroups.health(group, app.target)
      states.add(health?.state)
      return health
    }
    await expect.poll(look, { interval: 5, timeout: 5_000 }).toEqual({
      target: app.target,
      state: 'unhealthy',
      reason,
      description,
    })
    expect([...states]).toEqual(['initial', 'unhealthy'])
  },
)

test('probes go to the group’s path and port at its interval, as the load balancer', async () => {
  const seen: { at: number; url: string; agent: string; host: string }[] = []
  await using health = await httpTarget(({ url = '', headers }, response) => {
    seen.push({ at: Date.now(), url, agent: headers['user-agent'] ?? '', host: headers.host ?? '' })
    response.writeHead(204).end()
  })
  await using stand = testStand(100)
  const HealthCheckPort = `${health.target.port}`
  const settings = { HealthCheckPath: '/health?deep=1', HealthCheckPort, HealthCheckIntervalSeconds: '60' }
  const { group } = await stand.web({ ...settings, Matcher: { HttpCode: '204' } })
  const target = { id: '127.0.0.1', port: 1 }
  stand.balancing.targetGroups.register(group, target)
  await expect.poll(() => seen.length).toBeGreaterThanOrEqual(5)
  expect(seen[0]).toMatchObject({
    url: '/health?deep=1',
    agent: 'ELB-HealthChecker/2.0',
    host: `127.0.0.1:${HealthCheckPort}`,
  })
  const [first, fifth] = [seen[0]?.at ?? 0, seen[4]?.at ?? 0]
  expect(fifth - first).toBeGreaterThanOrEqual(4 * 600 - 300)
  expect(fifth - first).toBeLessThan(4 * 600 + 6_000)
  expect(stand.balancing.targetGroups.health(group, target)?.state).toBe('healthy')
})

test('a target that recovers needs the healthy threshold, and new settings apply at once', async () => {
  let status = 503
  let probes = 0
  await using app = await httpTarget((_, response) => {
    probes += 1
    response.writeHead(status).end()
  })
  await using stand = testStand(100)
  const { group } = await stand.web({ HealthyThresholdCount: '4', HealthCheckIntervalSeconds: '10' })
  const { targetGroups } = stand.balancing
  const state = () => targetGroups.health(group, app.target)?.state
  targetGroups.register(group, app.target)
  await expect.poll(state, { interval: 5 }).toBe('unhealthy')
  const before = probes
  status = 200
  await expect.poll(state, { interval: 5, timeout: 5_000 }).toBe('healthy')
  expect(probes - before).toBeGreaterThanOrEqual(4)
  await stand.operate('ModifyTargetGroup', { TargetGroupArn: group, Matcher: { HttpCode: '201' } })
  await expect.poll(state, { interval: 5 }).toBe('unhealthy')
})

test('without health checks a registered target counts as healthy at once and nobody probes it', async () => {
  let requests = 0
  await using app = await httpTarget((_, response) => {
    requests += 1
    response.writeHead(503).end()
  })
  await using stand = testStand(100, false)
  const { group } = await stand.web()
  stand.balancing.targetGroups.register(group, app.target)
  expect(stand.balancing.targetGroups.health(group, app.target)).toEqual({
    target: app.target,
    state: 'healthy',
  })
  await wait(400)
  expect(requests).toBe(0)
})
