import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { editDeployment, editTasks, endless } from './answers.fixture.ts'
import { callsOf } from './reference.fixture.ts'
import { startedBehindItsBack } from './verify.fixture.ts'
import { type World, world } from './world.fixture.ts'

// These runs mostly wait: for tasks to fail, for the next look.
vi.setConfig({ maxConcurrency: 6 })

/** ECS ends the failing deployment, and leaves it to us what comes next. */
const withoutRollback = { circuitBreaker: { enable: true, rollback: false } }

/** Writes of the action: stops and updates. */
function writes(aws: World): string[] {
  return callsOf(aws)
    .map(({ operation }) => operation)
    .filter((name) => name === 'StopServiceDeployment' || name === 'UpdateService')
}

/** Waits until ECS itself has the newest service deployment in this status. */
async function reached({ stack, testbed }: World, wanted: string): Promise<void> {
  const { cluster, service } = stack
  for (;;) {
    const { serviceDeployments = [] } = await testbed.clients.ecs.listServiceDeployments({ cluster, service })
    if (serviceDeployments[0]?.status === wanted) return
    await wait(50)
  }
}

async function statusOf({ stack, testbed }: World): Promise<string | undefined> {
  const { cluster, service } = stack
  const { serviceDeployments = [] } = await testbed.clients.ecs.listServiceDeployments({ cluster, service })
  return serviceDeployments[0]?.status
}

async function taskDefinitionOf({ stack, testbed }: World): Promise<string | undefined> {
  const { cluster, service } = stack
  const { services } = await testbed.clients.ecs.describeServices({ cluster, services: [service] })
  return services?.[0]?.taskDefinition?.replace(/^.*\//, '')
}

describe.concurrent('a circuit breaker without rollback is faster than we are', () => {
  test('before StopServiceDeployment takes effect: what ran before is deployed again', async () => {
    await using aws = await world(withoutRollback)
    const v2 = await aws.push('v2', { fault: 'exit' })
    const { faults } = aws.testbed
    const unseen = faults.inject(endless)
    const hold = {
      kind: 'hold',
      // Asked for when the call is there.
      get until() {
        return reached(aws, 'STOPPED').then(() => unseen.remove())
      },
    } as const
    faults.inject({ operation: 'StopServiceDeployment', nth: 1, fault: hold })
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': '2' })
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'true', verified: 'false' })
    expect(run.outputs.message).toMatch(/Rolled back to orders:1$/)
    expect(writes(aws)).toEqual(['UpdateService', 'StopServiceDeployment', 'UpdateService'])
    expect(await taskDefinitionOf(aws)).toBe('orders:1')
  })

  test('at the time-out: that nobody has stopped, and it is rolled back too', async () => {
    await using aws = await world(withoutRollback)
    const v2 = await aws.push('v2', { fault: 'exit' })
    const { faults } = aws.testbed
    const unseen = faults.inject(endless)
    // The tasks are first read for the diagnosis, right after the time-out.
    const until = async () => {
      await Promise.race([reached(aws, 'STOPPED'), wait(8000)])
      unseen.remove()
    }
    faults.inject({ operation: 'ListTasks', nth: 1, fault: { kind: 'late-answer', until } })
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off', timeout: '10s' })
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', 'rolled-back': 'true', verified: 'false' })
    expect(writes(aws)).toEqual(['UpdateService', 'UpdateService'])
    expect(await taskDefinitionOf(aws)).toBe('orders:1')
  })

  test('and is about to stop it at the time-out: that end is waited for, and nothing is asked of ECS', async () => {
    await using aws = await world(withoutRollback)
    const v2 = await aws.push('v2', { fault: 'exit' })
    const { faults } = aws.testbed
    const unseen = faults.inject(endless)
    const stopping = editDeployment((each) => ({ ...each, status: 'STOP_REQUESTED' }))
    const until = async () => {
      await Promise.race([reached(aws, 'STOPPED'), wait(8000)])
      unseen.remove()
      faults.inject({ ...stopping, times: 2 })
    }
    faults.inject({ operation: 'ListTasks', nth: 1, fault: { kind: 'late-answer', until } })
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off', timeout: '10s' })
    expect(run.log).toMatch(/is STOP_REQUESTED; waiting for its end/)
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', 'rolled-back': 'true' })
    expect(writes(aws)).toEqual(['UpdateService', 'UpdateService'])
  })

  test('and somebody deploys at once: it has failed, with its cause, and theirs is left alone', async () => {
    await using aws = await world(withoutRollback)
    const v2 = await aws.push('v2', { fault: 'exit' })
    const unseen = aws.testbed.faults.inject(endless)
    const other = reached(aws, 'STOPPED')
      .then(() => startedBehindItsBack(aws, 'orders:1'))
      .then(() => unseen.remove())
    await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off' })
    await other
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false' })
    expect(run.outputs.findings).toContain('"crash-on-start"')
    expect(run.outputs.message).toMatch(/Not rolled back: ecs-svc\/\d+ has taken its place meanwhile$/)
    expect(writes(aws)).toEqual(['UpdateService'])
  })
})

test.concurrent('somebody who deploys while the rollback is prepared is left alone', async () => {
  await using aws = await world(withoutRollback)
  const v2 = await aws.push('v2', { fault: 'exit' })
  let others = 0
  const until = async () => {
    if (others > 0 || (await statusOf(aws)) !== 'STOPPED') return
    others += 1
    await startedBehindItsBack(aws, 'orders:1')
  }
  aws.testbed.faults.inject({ operation: 'DescribeTaskDefinition', fault: { kind: 'late-answer', until } })
  await using run = await aws.deploy({ images: v2.uri, 'early-failure': 'off' })
  expect([others, writes(aws)]).toEqual([1, ['UpdateService']])
  expect(run.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false' })
  expect(run.outputs.message).toMatch(/Not rolled back: ecs-svc\/\d+ has taken its place meanwhile$/)
})

/** Users who are never answered well. With their last vain request something else happens. */
async function users(last: () => void) {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    if (asked === 8) last()
    response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

describe.concurrent('a release that users are not served well by', () => {
  test('is not verified any more when what replaces it cannot be proven', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using site = await users(() =>
      aws.testbed.faults.inject(editTasks(({ imageDigest: _, ...container }) => container)),
    )
    await using run = await aws.deploy({ images: v2.uri, probes: site.url })
    expect(run.outputs).toMatchObject({ outcome: 'unhealthy', 'rolled-back': 'false' })
    expect(run.outputs).toMatchObject({ verified: 'false', digests: '{}' })
    expect(run.outputs.message).toMatch(
      /^orders ran orders:2 and was not healthy: .*\. The rollback failed: the deployment of orders:1: ECS reports no digest/,
    )
    expect(run.summary).toMatch(/Digest of app before the rollback/)
    expect(await taskDefinitionOf(aws)).toBe('orders:1')
  })

  test('stays verified when the rollback is refused before anything has changed', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using site = await users(() => aws.testbed.credentials.deny('ecs:UpdateService'))
    await using run = await aws.deploy({ images: v2.uri, probes: site.url })
    expect(run.outputs).toMatchObject({ outcome: 'unhealthy', 'rolled-back': 'false', verified: 'true' })
    expect(run.outputs.message).toMatch(
      /^orders runs orders:2 and is not healthy: .*\. The rollback failed: /,
    )
    expect(await taskDefinitionOf(aws)).toBe('orders:2')
  })

  test('is rolled back although AWS does not answer for a while', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const { faults } = aws.testbed
    // As many as the SDK tries for one call.
    const silent = { operation: 'DescribeServices', times: 6, fault: { kind: 'server-error' } } as const
    await using site = await users(() => faults.inject(silent))
    await using run = await aws.deploy({ images: v2.uri, probes: site.url })
    expect(run.outputs).toMatchObject({ outcome: 'unhealthy', 'rolled-back': 'true', verified: 'false' })
    expect(await taskDefinitionOf(aws)).toBe('orders:1')
  })
})
