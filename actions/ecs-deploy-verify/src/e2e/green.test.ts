import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { editList, objects } from './answers.fixture.ts'
import { world } from './world.fixture.ts'

const writes = /^(Register|Update|Create|Delete|Deregister|Stop|Run|Put|Modify|Tag|Untag)/

describe.concurrent('the step succeeds', () => {
  test('succeeded: an image by digest runs on every task', async () => {
    await using aws = await world({ desiredCount: 2 })
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: `app=${v2.uri}` })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true', findings: '[]' })
    expect(run.outputs.message).toBe('orders runs orders:2 on 2 tasks, proven by digest')
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: v2.digest })
    expect(run.evidence?.tasks).toHaveLength(2)
    expect(run.log).not.toContain(`Error`)
  })

  test('succeeded: old tasks that run on when ECS calls the deployment SUCCESSFUL are waited for', async () => {
    await using aws = await world({ desiredCount: 2, timings: { stopOrder: 1600 } })
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true', findings: '[]' })
    expect(run.log).toMatch(
      /SUCCESSFUL.*Waiting: 2 tasks of an earlier deployment still run\n.*proven by digest/s,
    )
    // 1600 s of AWS time at the time scale of 80, all after SUCCESSFUL.
    expect(run.durationMs).toBeGreaterThan(20_000)
  })

  test('succeeded: an image by tag is proven by the digest that it names in Amazon ECR', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.reference })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: v2.digest })
    expect(run.summary).toContain('expected by the tag in Amazon ECR before the deployment')
  })

  test('no-change: what is asked for runs already, and that is proven again', async () => {
    await using aws = await world()
    await using run = await aws.deploy({ images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'no-change', verified: 'true', 'deployment-arn': '' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: aws.v1.digest })
    expect(aws.testbed.calls.of('ecs', 'RegisterTaskDefinition')).toHaveLength(1)
  })

  test('no-change: a deployment that is under way is followed first', async () => {
    await using aws = await world({ wait: false, timeScale: 10 })
    await using run = await aws.deploy({ images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'no-change', verified: 'true' })
    expect(run.log).toMatch(/No deployment was started.*\n▸ Progress.*IN_PROGRESS.*SUCCESSFUL/s)
  })

  test('planned: a dry run writes nothing and shows names, never values', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const before = aws.testbed.calls.all().length
    const inputs = { images: v2.uri, 'desired-count': '3', 'dry-run': 'true' }
    await using run = await aws.deploy(inputs)
    expect(run.outputs).toMatchObject({ outcome: 'planned', verified: 'false', 'task-definition-arn': '' })
    const made = aws.testbed.calls.all().slice(before)
    expect(made.map(({ operation }) => operation).filter((name) => writes.test(name))).toEqual([])
    expect(run.summary).toContain('~ service desiredCount: 1 → 3')
    expect(readFileSync(run.outputs['task-definition-file'] ?? '', 'utf8')).toContain(v2.uri)
  })

  test('succeeded: containers that ECS puts into tasks are not ours to prove', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const agent = {
      name: 'aws-guardduty-agent-1',
      image: 'agent',
      lastStatus: 'RUNNING',
      containerArn: 'a',
      taskArn: 't',
    }
    aws.testbed.faults.inject(
      editList('DescribeTasks', 'tasks', (task) => ({
        ...task,
        containers: [...objects(task.containers), agent],
      })),
    )
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: v2.digest })
    expect(run.summary).not.toContain('guardduty')
  })

  test.each([{}, { 'desired-count': '0' }])(
    'succeeded: without a proof nothing is claimed to be proven (%j)',
    async (inputs) => {
      await using aws = await world()
      const v2 = await aws.push('v2')
      await using run = await aws.deploy({ images: v2.uri, proof: 'off', ...inputs })
      expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'false', digests: '{}' })
      expect(run.outputs.message).toMatch(/no digest was compared$/)
    },
  )

  test('no-change: that somebody else’s deployment has started is no start of ours', async () => {
    await using aws = await world({ wait: false, timeScale: 20 })
    await using run = await aws.deploy({ images: aws.v1.uri, 'wait-until': 'started' })
    expect(run.outputs).toMatchObject({ outcome: 'no-change', verified: 'true' })
  })

  test('no-change: without a proof it is said that none was made', async () => {
    await using aws = await world()
    await using run = await aws.deploy({ images: aws.v1.uri, proof: 'off' })
    expect(run.outputs).toMatchObject({ outcome: 'no-change', verified: 'false' })
  })

  test('started: the end is not waited for, and nothing is claimed about it', async () => {
    await using aws = await world({ timeScale: 20 })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, 'wait-until': 'started' })
    expect(run.outputs).toMatchObject({ outcome: 'started', verified: 'false', digests: '{}' })
  })
})
