import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { endless } from './answers.fixture.ts'
import { type World, world } from './world.fixture.ts'

/** Resolves when the action waits for the deployment that it has started. */
async function watching({ testbed }: World): Promise<void> {
  while (testbed.calls.of('ecs', 'DescribeServiceDeployments').length === 0) await wait(50)
}

describe.concurrent('faults that pass', () => {
  test('the network is cut while the action waits, and comes back', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const goingOn = aws.testbed.faults.inject(endless)
    const cut = watching(aws).then(async () => {
      // Until now the deployment seems to go on, so that there is a wait.
      goingOn.remove()
      using rule = aws.testbed.faults.inject({ fault: { kind: 'reset' } })
      await wait(6000)
      return rule.hits
    })
    await using run = await aws.deploy({ images: v2.uri })
    expect(await cut).toBeGreaterThan(2)
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  })
})

describe.concurrent('faults that stay', () => {
  test('a network that does not come back ends with the time-out, and says so', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    aws.testbed.faults.inject(endless)
    const cut = watching(aws).then(() => void aws.testbed.faults.inject({ fault: { kind: 'reset' } }))
    const env = { AWS_MAX_ATTEMPTS: '2' }
    await using run = await aws.deploy({ images: v2.uri, timeout: '8s', 'on-failure': 'fail' }, { env })
    await cut
    aws.testbed.faults.clear()
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', verified: 'false' })
    expect(run.log).toContain('no answer from AWS')
    expect(run.durationMs).toBeLessThan(20_000)
  })

  test('a network that comes back only after the time-out is waited for by the rollback', async () => {
    await using aws = await world({ circuitBreaker: { enable: false, rollback: false }, timeScale: 40 })
    const v2 = await aws.push('v2', { fault: 'exit' })
    const { faults } = aws.testbed
    const cut = watching(aws).then(async () => {
      const rule = faults.inject({ fault: { kind: 'reset' } })
      await new Promise((resolve) => setTimeout(resolve, 16_000))
      rule.remove()
    })
    const env = { AWS_MAX_ATTEMPTS: '2' }
    const inputs = { images: v2.uri, timeout: '8s', 'early-failure': 'off' }
    await using run = await aws.deploy(inputs, { env })
    await cut
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', 'rolled-back': 'true' })
    expect(run.log).toContain('AWS does not answer; it is asked again for 15m')
  })

  test('credentials that expire during the wait end it at once', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    aws.testbed.faults.inject(endless)
    let at = 0
    const expired = watching(aws).then(() => {
      at = Date.now()
      aws.testbed.faults.inject({ fault: { kind: 'expired' } })
    })
    await using run = await aws.deploy({ images: v2.uri })
    await expired
    aws.testbed.faults.clear()
    expect(Date.now() - at).toBeLessThan(5000)
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
    expect(run.outputs.message).toMatch(
      /did not accept the credentials.*goes on with the deployment of orders:2 .*\. Not rolled back: the credentials have ended$/,
    )
    expect(aws.testbed.calls.of('ecs', 'StopServiceDeployment')).toHaveLength(0)
    expect(run.annotations[0]?.message).toContain('role-duration-seconds')
  })

  test.each([
    ['rollback', 1, /\. Amazon ECS was told to roll the deployment of orders:2 back$/, 'ROLLBACK_SUCCESSFUL'],
    ['fail', 0, /goes on with the deployment of orders:2 to orders \(ecs-svc\/\d+\)$/, 'SUCCESSFUL'],
  ])('a right that is taken away during the wait: on-failure: %s', async (onFailure, stops, says, end) => {
    await using aws = await world({ timeScale: 10 })
    const v2 = await aws.push('v2')
    const denied = watching(aws).then(() => aws.testbed.credentials.deny('ecs:DescribeServices'))
    await using run = await aws.deploy({ images: v2.uri, 'on-failure': onFailure })
    await denied
    aws.testbed.credentials.allow('ecs:DescribeServices')
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false', 'rolled-back': 'false' })
    expect(run.outputs.message).toContain('AWS does not allow ecs:DescribeServices')
    expect(run.outputs.message).toMatch(says)
    expect(aws.testbed.calls.of('ecs', 'StopServiceDeployment')).toHaveLength(stops)
    const { cluster, service } = aws.stack
    const newest = async () =>
      (await aws.testbed.clients.ecs.listServiceDeployments({ cluster, service })).serviceDeployments?.[0]
    while ((await newest())?.finishedAt === undefined) await wait(100)
    expect((await newest())?.status).toBe(end)
  })
})
