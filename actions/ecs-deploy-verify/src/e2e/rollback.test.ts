import type { JsonObject, JsonValue } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { editTasks, objects } from './answers.fixture.ts'
import { type World, world } from './world.fixture.ts'

const withoutBreaker = { circuitBreaker: { enable: false, rollback: false } }

function stops({ testbed }: World): number {
  return testbed.calls.of('ecs', 'StopServiceDeployment').length
}

function updates({ testbed }: World): number {
  return testbed.calls.of('ecs', 'UpdateService').length
}

/** What the service runs, by what ECS says. */
async function running({ stack, testbed }: World): Promise<{ taskDefinition: string; digests: string[] }> {
  const { cluster, service } = stack
  const { services } = await testbed.clients.ecs.describeServices({ cluster, services: [service] })
  const { taskArns = [] } = await testbed.clients.ecs.listTasks({ cluster, serviceName: service })
  const { tasks = [] } = await testbed.clients.ecs.describeTasks({ cluster, tasks: taskArns })
  const digests = tasks.flatMap(({ containers = [] }) =>
    containers.map(({ imageDigest = '' }) => imageDigest),
  )
  const taskDefinition = services?.[0]?.taskDefinition?.replace(/^.*\//, '') ?? ''
  return { taskDefinition, digests: [...new Set(digests)] }
}

describe.concurrent('tasks that fail alike', () => {
  test('end the wait after three, and ECS is told to roll back', async () => {
    await using aws = await world({ ...withoutBreaker, timeScale: 40 })
    const v2 = await aws.push('v2', { fault: 'exit', says: ['cannot open the orders database'] })
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'true', verified: 'false' })
    expect(run.outputs.message).toMatch(
      /^The deployment of orders:2 to orders failed: container app ends soon after its start with exit code 3 .*\. Rolled back to orders:1$/,
    )
    expect(JSON.parse(run.outputs.findings ?? '').map(({ code }: { code: string }) => code)).toEqual([
      'crash-on-start',
      'early-failure',
    ])
    expect(run.summary).toContain('cannot open the orders database')
    expect(run.summary).toContain('| Rollback | Rolled back to orders:1 |')
    expect([stops(aws), updates(aws)]).toEqual([1, 1])
    expect(await running(aws)).toEqual({ taskDefinition: 'orders:1', digests: [aws.v1.digest] })
  })

  test('are left alone with on-failure: fail', async () => {
    await using aws = await world({ ...withoutBreaker, timeScale: 40 })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, 'on-failure': 'fail', 'early-failure': '2' })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false' })
    expect(run.outputs.findings).toMatch(/\b([2-9]|\d\d+) tasks failed alike/)
    expect([stops(aws), updates(aws)]).toEqual([0, 1])
  })

  test('are waited for with early-failure: off, and the time-out is rolled back', async () => {
    await using aws = await world({ ...withoutBreaker, timeScale: 40 })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off', timeout: '12s' })
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', 'rolled-back': 'true' })
    expect(stops(aws)).toBe(1)
  })
})

describe.concurrent('a deployment that has ended', () => {
  test('and runs another digest is followed by what ran before', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const wrong = `sha256:${'f'.repeat(64)}`
    // Until the rollback is deployed, tasks seem to run what nobody asked for.
    const rule = aws.testbed.faults.inject(editTasks((each) => ({ ...each, imageDigest: wrong })))
    const rollback = (async () => {
      while (updates(aws) < 2) await new Promise((resolve) => setTimeout(resolve, 20))
      rule.remove()
    })()
    await using run = await aws.deploy({ images: v2.uri })
    await rollback
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'true', verified: 'false' })
    expect(run.outputs.findings).toContain('"digest-mismatch"')
    expect(stops(aws)).toBe(0)
    expect(await running(aws)).toEqual({ taskDefinition: 'orders:1', digests: [aws.v1.digest] })
  })

  test('without rollback of its own, the circuit breaker leaves to us what comes next', async () => {
    await using aws = await world({ circuitBreaker: { enable: true, rollback: false } })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off' })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'true' })
    expect(await running(aws)).toEqual({ taskDefinition: 'orders:1', digests: [aws.v1.digest] })
  })

  test('is brought back by digest where its tag has moved', async () => {
    await using aws = await world({ circuitBreaker: { enable: true, rollback: false } })
    const { cluster, service } = aws.stack
    await using tagged = await aws.deploy({ images: aws.v1.reference })
    expect(tagged.outputs.outcome).toBe('succeeded')
    // The tag of what runs is overwritten by what crashes, and deployed by name.
    const bad = await aws.push('v1', { fault: 'exit' })
    expect(bad.digest).not.toBe(aws.v1.digest)
    await using run = await aws.deploy({ images: bad.uri, 'early-failure': 'off' })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'true' })
    expect((await running(aws)).digests).toEqual([aws.v1.digest])
    const { services } = await aws.testbed.clients.ecs.describeServices({ cluster, services: [service] })
    const taskDefinition = services?.[0]?.taskDefinition ?? ''
    const described = await aws.testbed.clients.ecs.describeTaskDefinition({ taskDefinition })
    expect(described.taskDefinition?.containerDefinitions?.[0]?.image).toMatch(
      new RegExp(`/orders@${aws.v1.digest}$`),
    )
  })
})

describe.concurrent('a service that stayed as it was for longer than the 90 days of ECS’s history', () => {
  test.each([
    ['its deployment is forgotten', ['ListServiceDeployments']],
    ['its deployment and its revision are forgotten', ['ListServiceDeployments', 'DescribeServiceRevisions']],
  ])('is brought back to what it ran, where its tag has moved: %s', async (_, forgets) => {
    await using aws = await world({ circuitBreaker: { enable: true, rollback: false } })
    await using tagged = await aws.deploy({ images: aws.v1.reference })
    expect(tagged.outputs.outcome).toBe('succeeded')
    const { cluster, service } = aws.stack
    const { serviceDeployments = [] } = await aws.testbed.clients.ecs.listServiceDeployments({
      cluster,
      service,
    })
    const old = new Set(
      serviceDeployments.flatMap((each) => [each.serviceDeploymentArn, each.targetServiceRevisionArn]),
    )
    const kept = (list: JsonValue | undefined, arn: string) =>
      objects(list).filter((each) => !old.has(String(each[arn])))
    const change = (body: JsonObject): JsonObject => ({
      ...body,
      serviceDeployments: kept(body.serviceDeployments, 'serviceDeploymentArn'),
      serviceRevisions: kept(body.serviceRevisions, 'serviceRevisionArn'),
    })
    for (const operation of forgets)
      aws.testbed.faults.inject({ operation, fault: { kind: 'answer', change } })
    const bad = await aws.push('v1', { fault: 'exit' })
    await using run = await aws.deploy({ images: bad.uri, 'early-failure': 'off' })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'true' })
    expect((await running(aws)).digests).toEqual([aws.v1.digest])
  })
})

describe.concurrent('what is not rolled back', () => {
  test('no deployment was started, and another digest runs', async () => {
    await using aws = await world()
    aws.testbed.faults.inject(editTasks((each) => ({ ...each, imageDigest: `sha256:${'f'.repeat(64)}` })))
    await using run = await aws.deploy({ images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false' })
    expect([stops(aws), updates(aws)]).toEqual([0, 1])
  })

  test('a deployment that somebody else starts while only the count is set', async () => {
    await using aws = await world()
    const { cluster, service } = aws.stack
    const { clients, faults } = aws.testbed
    const until = async () =>
      void (await clients.ecs.updateService({ cluster, service, forceNewDeployment: true }))
    faults.inject({ operation: 'DescribeServices', nth: 1, fault: { kind: 'late-answer', until } })
    await using run = await aws.deploy({ 'desired-count': '1' })
    expect(run.log).toContain('No deployment was started')
    expect(run.outputs).toMatchObject({ outcome: 'no-change', 'rolled-back': 'false' })
    expect(stops(aws)).toBe(0)
  })

  test('a service that is to run nothing, which is not probed either', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const nothing = { 'desired-count': '0', proof: 'off', probes: 'http://127.0.0.1:9/health' }
    await using run = await aws.deploy({ images: v2.uri, ...nothing })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', 'rolled-back': 'false', verified: 'false' })
    expect([stops(aws), updates(aws)]).toEqual([0, 1])
  })

  test('a rollback that is not allowed keeps the outcome and names the permission', async () => {
    await using aws = await world({ ...withoutBreaker, timeScale: 40 })
    aws.testbed.credentials.deny('ecs:StopServiceDeployment')
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false' })
    expect(run.outputs.message).toContain('The rollback failed: Could not roll back the service deployment')
    expect(run.annotations.find(({ level }) => level === 'error')?.message).toContain(
      'ecs:StopServiceDeployment',
    )
  })

  test('the first deployment of a service has nothing to go back to', async () => {
    await using aws = await world({ ...withoutBreaker, wait: false, first: { fault: 'exit' }, timeScale: 40 })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, concurrency: 'supersede' })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false' })
    expect(run.outputs.message).toContain('The rollback failed')
  })
})
