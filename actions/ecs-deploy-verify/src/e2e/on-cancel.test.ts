import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Rule } from './answers.fixture.ts'
import { type Deployed, type World, world } from './world.fixture.ts'

interface Cancelled {
  run: Deployed
  /** Calls of StopServiceDeployment. */
  stops: number
}

/** Cancels once `operation` has been called. */
async function cancelledAt(
  aws: World,
  operation: string,
  inputs: Record<string, string>,
): Promise<Cancelled> {
  const v2 = await aws.push('v2')
  const { calls } = aws.testbed
  const before = calls.of('ecs', operation).length
  const cancelled = new AbortController()
  const cancelling = (async () => {
    while (calls.of('ecs', operation).length === before) await wait(5)
    cancelled.abort()
  })()
  const run = await aws.deploy({ images: v2.uri, ...inputs }, { signal: cancelled.signal })
  await cancelling
  expect(run.conclusion).toBe('cancelled')
  return { run, stops: calls.of('ecs', 'StopServiceDeployment').length }
}

async function settled({ stack, testbed }: World): Promise<string> {
  const { cluster, service } = stack
  for (;;) {
    const { serviceDeployments = [] } = await testbed.clients.ecs.listServiceDeployments({ cluster, service })
    const status = serviceDeployments[0]?.status ?? ''
    if (!['PENDING', 'IN_PROGRESS', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'].includes(status))
      return status
    await wait(100)
  }
}

describe.concurrent('a cancelled step', () => {
  test('with on-cancel: rollback tells ECS once, and the post step states how it ended', async () => {
    await using aws = await world({ timeScale: 20 })
    const { run, stops } = await cancelledAt(aws, 'DescribeServiceDeployments', { 'on-cancel': 'rollback' })
    await using _ = run
    expect(stops).toBe(1)
    expect(run.outputs.message).toMatch(/Amazon ECS was told to roll the deployment of orders:2 back$/)
    expect(run.log).toMatch(/The deployment of orders:2 has ended as ROLLBACK_SUCCESSFUL/)
    expect(run.summary).toContain('after the cancellation')
    expect(await settled(aws)).toBe('ROLLBACK_SUCCESSFUL')
  })

  test.each<[string, Rule['fault'], RegExp, string]>([
    [
      'lost after it took effect',
      { kind: 'reset', processed: true },
      /was told to roll the deployment of orders:2 back$/,
      'ROLLBACK_SUCCESSFUL',
    ],
    [
      'lost before it took effect',
      { kind: 'reset' },
      /did not answer when it was told to roll .* does not show that it does$/,
      'SUCCESSFUL',
    ],
    [
      'a 500',
      { kind: 'server-error' },
      /did not answer when it was told to roll .* does not show that it does$/,
      'SUCCESSFUL',
    ],
    [
      'throttling',
      { kind: 'throttle' },
      /could not be told to roll the deployment of orders:2 back, and goes on/,
      'SUCCESSFUL',
    ],
  ])('calls StopServiceDeployment once, also where its answer is %s', async (_, fault, says, status) => {
    await using aws = await world({ timeScale: 20 })
    aws.testbed.faults.inject({ service: 'ecs', operation: 'StopServiceDeployment', fault })
    const { run, stops } = await cancelledAt(aws, 'DescribeServiceDeployments', { 'on-cancel': 'rollback' })
    await using _run = run
    expect(stops).toBe(1)
    expect(run.outputs.message).toMatch(says)
    expect(await settled(aws)).toBe(status)
    expect(run.log).toMatch(/The deployment of orders:2 has ended as/)
  })

  test('with on-cancel: ignore leaves it alone, and says so', async () => {
    await using aws = await world({ timeScale: 20 })
    const { run, stops } = await cancelledAt(aws, 'DescribeServiceDeployments', {})
    await using _ = run
    expect(stops).toBe(0)
    expect(run.log).toMatch(/The deployment of orders:2 goes on: it is (PENDING|IN_PROGRESS)/)
    expect(await settled(aws)).toBe('SUCCESSFUL')
  })

  test('before ECS lists the deployment leaves the stop to the post step', async () => {
    await using aws = await world({ timeScale: 4 })
    const { run, stops } = await cancelledAt(aws, 'UpdateService', { 'on-cancel': 'rollback' })
    await using _ = run
    expect(stops).toBe(1)
    expect(await settled(aws)).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('leaves it to a post step that AWS does not answer at first', async () => {
    await using aws = await world({ timeScale: 4 })
    // As many as the SDK tries for one call.
    aws.testbed.faults.inject({
      operation: 'DescribeServiceDeployments',
      times: 6,
      fault: { kind: 'server-error' },
    })
    const { run, stops } = await cancelledAt(aws, 'UpdateService', { 'on-cancel': 'rollback' })
    await using _ = run
    expect(stops).toBe(1)
    expect(run.log).toMatch(/The deployment of orders:2 has ended as ROLLBACK_SUCCESSFUL/)
    expect(await settled(aws)).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('before anything was written stops nothing', async () => {
    await using aws = await world()
    const { run, stops } = await cancelledAt(aws, 'DescribeTaskDefinition', { 'on-cancel': 'rollback' })
    await using _ = run
    expect(stops).toBe(0)
    expect(run.log).not.toContain('after the cancellation')
  })

  test('that may not stop the deployment says which permission that takes', async () => {
    await using aws = await world({ timeScale: 20 })
    aws.testbed.credentials.deny('ecs:StopServiceDeployment')
    const { run, stops } = await cancelledAt(aws, 'DescribeServiceDeployments', { 'on-cancel': 'rollback' })
    await using _ = run
    expect(stops).toBe(1)
    expect(run.outputs.message).toContain(
      'could not be told to roll the deployment of orders:2 back, and goes on',
    )
    expect(run.log).toContain('ecs:StopServiceDeployment')
  })
})

test.concurrent('a deployment of somebody else that is only followed is not rolled back', async () => {
  await using aws = await world({ wait: false, timeScale: 10 })
  const { calls } = aws.testbed
  const cancelled = new AbortController()
  const before = calls.of('ecs', 'DescribeServiceDeployments').length
  const cancelling = (async () => {
    while (calls.of('ecs', 'DescribeServiceDeployments').length === before) await wait(5)
    cancelled.abort()
  })()
  const inputs = { images: aws.v1.uri, 'on-cancel': 'rollback' }
  await using run = await aws.deploy(inputs, { signal: cancelled.signal })
  await cancelling
  expect(run.conclusion).toBe('cancelled')
  expect(calls.of('ecs', 'StopServiceDeployment')).toHaveLength(0)
  expect(run.log).not.toContain('after the cancellation')
  expect(await settled(aws)).toBe('SUCCESSFUL')
})

test.concurrent('a rollback that has begun is not asked for again', async () => {
  await using aws = await world({ circuitBreaker: { enable: false, rollback: false }, timeScale: 20 })
  const v2 = await aws.push('v2', { fault: 'exit' })
  const { calls } = aws.testbed
  const cancelled = new AbortController()
  const cancelling = (async () => {
    while (calls.of('ecs', 'StopServiceDeployment').length === 0) await wait(5)
    cancelled.abort()
  })()
  const inputs = { images: v2.uri, 'early-failure': '1', 'on-cancel': 'rollback' }
  await using run = await aws.deploy(inputs, { signal: cancelled.signal })
  await cancelling
  expect(run.conclusion).toBe('cancelled')
  expect(calls.of('ecs', 'StopServiceDeployment')).toHaveLength(1)
  expect(run.outputs.message).toMatch(/goes on with the rollback that was begun$/)
  expect(run.log).toContain('The deployment of orders:2 has ended as ROLLBACK_SUCCESSFUL')
})

test.concurrent('a step that ends by itself stops nothing, and its post step has nothing to say', async () => {
  await using aws = await world()
  const v2 = await aws.push('v2')
  await using run = await aws.deploy({ images: v2.uri, 'on-cancel': 'rollback' })
  expect(run.outputs.outcome).toBe('succeeded')
  expect(aws.testbed.calls.of('ecs', 'StopServiceDeployment')).toHaveLength(0)
  expect(run.log).not.toContain('cancel')
})
