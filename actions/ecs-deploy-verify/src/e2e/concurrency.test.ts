import { setTimeout as wait } from 'node:timers/promises'
import type { JsonObject } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { begun, slow, writes } from './concurrency.fixture.ts'
import { world } from './world.fixture.ts'

describe.concurrent('two runs at a time', () => {
  test('wait: the second one says for whom it waits, and deploys when that has ended', async () => {
    await using aws = await world(slow)
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3')]
    const first = aws.deploy({ images: v2.uri })
    const id = await begun(aws, 2)
    await using second = await aws.deploy({ images: v3.uri })
    await using older = await first
    expect([older.outputs.outcome, older.outputs['deployment-id']]).toEqual(['succeeded', id])
    expect(second.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(second.outputs['previous-task-definition-arn']).toBe(older.outputs['task-definition-arn'])
    expect(second.log).toMatch(
      new RegExp(
        `Another deployment of orders is in progress: ${id} \\(orders:2\\), (PENDING|IN_PROGRESS), since 20\\d\\d-\\S+ \\S+ UTC`,
      ),
    )
    expect(second.log).toMatch(new RegExp(`▸ Waiting for ${id}.*${id}: SUCCESSFUL · .*▸ Deployment`, 's'))
    expect(JSON.stringify(second.evidence?.timeline)).toContain(`${id} ended as SUCCESSFUL`)
  })

  test('wait: a deployment that ECS has listed, and does not describe yet, is waited for', async () => {
    await using aws = await world(slow)
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3')]
    const first = aws.deploy({ images: v2.uri })
    await begun(aws, 2)
    const unknown = (body: JsonObject) => ({
      ...body,
      serviceDeployments: [],
      failures: [{ reason: 'MISSING' }],
    })
    aws.testbed.faults.inject({
      operation: 'DescribeServiceDeployments',
      times: 3,
      fault: { kind: 'answer', change: unknown },
    })
    await using second = await aws.deploy({ images: v3.uri })
    await using older = await first
    expect(older.outputs.outcome).toBe('succeeded')
    expect(second.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  })

  test('wait: after a rollback of the other one, ours is deployed', async () => {
    await using aws = await world(slow)
    const [v2, v3] = [await aws.push('v2', { fault: 'exit' }), await aws.push('v3')]
    const first = aws.deploy({ images: v2.uri })
    await begun(aws, 2)
    await using second = await aws.deploy({ images: v3.uri })
    await using older = await first
    expect(older.outputs.outcome).toBe('rolled-back')
    expect(second.log).toContain('ROLLBACK_SUCCESSFUL')
    expect(second.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(second.outputs.digests ?? '')).toEqual({ app: v3.digest })
  })

  test('wait: what is found again after the wait is told once', async () => {
    await using aws = await world(slow)
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3')]
    aws.testbed.credentials.deny('logs:DescribeLogGroups')
    const env = { AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + 10 * 60_000).toISOString() }
    const first = aws.deploy({ images: v2.uri })
    await begun(aws, 2)
    const inputs = { images: v3.uri, 'environment-variables': '-GONE', timeout: '30m' }
    await using second = await aws.deploy(inputs, { env })
    await using _ = await first
    expect(second.outputs.outcome).toBe('succeeded')
    expect(second.log).toMatch(/▸ Preflight.*▸ Waiting for.*▸ Preflight/s)
    const texts = second.annotations.map(({ message }) => message)
    for (const begin of ['Not removed', 'Not checked before the deployment', 'The credentials end in'])
      expect(texts.filter((text) => text.startsWith(begin))).toHaveLength(1)
  })

  test('wait: not longer than the time-out, and then nothing has been written', async () => {
    await using aws = await world({
      wait: false,
      first: { fault: 'exit' },
      circuitBreaker: { enable: false, rollback: false },
    })
    const v2 = await aws.push('v2')
    const id = await begun(aws, 1)
    const before = writes(aws).length
    await using run = await aws.deploy({ images: v2.uri, timeout: '3s' })
    expect(run.outputs.outcome).toBe('refused')
    expect(run.outputs.message).toMatch(
      new RegExp(
        `^A new revision of orders was not deployed to orders: another deployment is in progress: ${id} \\(orders:1\\), .*, and had not ended after 3s$`,
      ),
    )
    expect(run.outputs.findings).toContain('"deployment-in-progress"')
    expect(run.annotations[0]?.message).toContain('concurrency: supersede')
    expect(writes(aws)).toHaveLength(before)
    expect(run.durationMs).toBeLessThan(12_000)
  })

  test('fail: refused, with the name of the other one', async () => {
    await using aws = await world(slow)
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3')]
    const first = aws.deploy({ images: v2.uri })
    const id = await begun(aws, 2)
    const before = writes(aws).length
    await using second = await aws.deploy({ images: v3.uri, concurrency: 'fail' })
    expect(second.outputs).toMatchObject({ outcome: 'refused', verified: 'false' })
    expect(second.outputs.message).toContain(`another deployment is in progress: ${id} (orders:2)`)
    expect(second.outputs.findings).toContain('"deployment-in-progress"')
    expect(second.annotations[0]?.message).toContain('concurrency: wait')
    expect(writes(aws)).toHaveLength(before)
    await using older = await first
    expect(older.outputs.outcome).toBe('succeeded')
  })

  test('supersede: it deploys at once and says what it stops, and the older run says by whom it was superseded', async () => {
    await using aws = await world(slow)
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3')]
    const first = aws.deploy({ images: v2.uri })
    const id = await begun(aws, 2)
    await using second = await aws.deploy({ images: v3.uri, concurrency: 'supersede' })
    await using older = await first
    expect(second.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(second.log).toMatch(new RegExp(`in progress: ${id} .*Ours stops it, as concurrency is supersede`))
    expect(second.log).not.toContain('Waiting for ecs-svc')
    expect(older.outputs).toMatchObject({ outcome: 'superseded', verified: 'false' })
    expect(older.outputs.message).toBe(
      `The deployment of orders:2 to orders was superseded by ${second.outputs['deployment-id']}`,
    )
  })
})

describe.concurrent('one run, while a deployment is in progress', () => {
  test.each(['wait', 'fail', 'supersede'])('%s: one that changes nothing follows it', async (concurrency) => {
    await using aws = await world({ wait: false, timeScale: 10 })
    const id = await begun(aws, 1)
    await using run = await aws.deploy({ images: aws.v1.uri, concurrency })
    expect(run.outputs).toMatchObject({ outcome: 'no-change', verified: 'true', 'deployment-id': id })
    expect(run.log).not.toContain('Another deployment')
    expect(run.log).toMatch(/No deployment was started.*▸ Progress.*SUCCESSFUL/s)
  })

  test('one that changes nothing is red when the deployment that it follows fails', async () => {
    await using aws = await world({ wait: false, first: { fault: 'exit' }, timeScale: 10 })
    await using run = await aws.deploy({ images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'rollback-failed', verified: 'false' })
  })

  test('a dry run names it and does not wait', async () => {
    await using aws = await world({ wait: false, timeScale: 1 })
    const v2 = await aws.push('v2')
    const id = await begun(aws, 1)
    await using run = await aws.deploy({ images: v2.uri, 'dry-run': 'true' })
    expect(run.outputs.outcome).toBe('planned')
    expect(run.log).toContain(`Another deployment of orders is in progress: ${id}`)
    await using refused = await aws.deploy({ images: v2.uri, 'dry-run': 'true', concurrency: 'fail' })
    expect(refused.outputs.outcome).toBe('refused')
  })

  test.each(['ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments'])(
    'without %s the PRIMARY of the service decides',
    async (action) => {
      await using aws = await world({ wait: false, timeScale: 10 })
      const v2 = await aws.push('v2')
      const id = await begun(aws, 1)
      aws.testbed.credentials.deny(action)
      // Unchecked, as the checks ask with the same credentials.
      await using run = await aws.deployUnchecked({ images: v2.uri })
      expect(run.log).toContain(`AWS does not allow ${action}`)
      expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
      expect(run.log).toMatch(new RegExp(`▸ Waiting for ${id}.*${id}: COMPLETED.*Started ecs-svc/`, 's'))
    },
  )

  test('a step that is cancelled while it waits has written nothing', async () => {
    await using aws = await world({ wait: false, timeScale: 1 })
    const v2 = await aws.push('v2')
    await begun(aws, 1)
    const before = writes(aws).length
    const cancelled = new AbortController()
    const cancelling = (async () => {
      while (aws.testbed.calls.of('ecs', 'DescribeServiceDeployments').length < 2) await wait(50)
      cancelled.abort()
    })()
    await using run = await aws.deploy({ images: v2.uri }, { signal: cancelled.signal })
    await cancelling
    expect(run.conclusion).toBe('cancelled')
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'deployment-id': '' })
    expect(writes(aws)).toHaveLength(before)
  })
})
