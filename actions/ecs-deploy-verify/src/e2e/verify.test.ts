import { describe, expect, test } from 'vitest'
import { endless } from './answers.fixture.ts'
import { behindItsBack, registered, startedBehindItsBack, verify } from './verify.fixture.ts'
import { world } from './world.fixture.ts'

describe.concurrent('verify: what runs is what should', () => {
  test('succeeded: the digest that was released runs on every task', async () => {
    await using aws = await world({ desiredCount: 2 })
    await using run = await verify(aws, { images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true', findings: '[]' })
    expect(run.outputs.message).toBe('orders runs orders:1 on 2 tasks, proven by digest')
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: aws.v1.digest })
    expect(run.evidence?.tasks).toHaveLength(2)
    expect(run.outputs['deployment-id']).toMatch(/^ecs-svc\/\d+$/)
  })

  test('succeeded: without images the revision that the service has', async () => {
    await using aws = await world()
    await using run = await verify(aws)
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: aws.v1.digest })
    expect(run.summary).toContain('expected by the task definition')
  })

  test('succeeded: a tag that names what runs', async () => {
    await using aws = await world()
    await using run = await verify(aws, { images: aws.v1.reference })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(run.log).toContain(`Amazon ECR has ${aws.v1.digest} for ${aws.v1.reference}`)
  })

  test('succeeded: the image is gone from Amazon ECR and runs all the same', async () => {
    await using aws = await world()
    const { clients } = aws.testbed
    await clients.ecr.batchDeleteImage({
      repositoryName: 'orders',
      imageIds: [{ imageDigest: aws.v1.digest }],
    })
    await using run = await verify(aws, { images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  })

  test('succeeded: after a release was rolled back, by the earlier digest', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using release = await aws.deploy({ images: v2.uri })
    expect(release.outputs.outcome).toBe('rolled-back')
    await using run = await verify(aws, { images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    await using other = await verify(aws, { images: v2.uri })
    expect(other.outputs.outcome).toBe('failed')
  })
})

describe.concurrent('verify: a deployment is under way', () => {
  test('succeeded: it is followed to its end first', async () => {
    await using aws = await world({ wait: false, timeScale: 10 })
    await using run = await verify(aws, { images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(run.log).toMatch(/IN_PROGRESS.*▸ Progress.*SUCCESSFUL/s)
  })

  test('succeeded: it fails, and what counts is what ECS went back to', async () => {
    await using aws = await world({ timeScale: 40 })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await startedBehindItsBack(aws, await registered(aws, v2.uri))
    await using run = await verify(aws, { images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true', 'rolled-back': 'false' })
    expect(run.log).toContain('was rolled back; looking at what runs now')
  })

  test('succeeded: another one takes over, and that is looked at', async () => {
    await using aws = await world({ timeScale: 10 })
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3')]
    const { calls, clients } = aws.testbed
    const { cluster, service } = aws.stack
    const [second, third] = [await registered(aws, v2.uri), await registered(aws, v3.uri)]
    await startedBehindItsBack(aws, second)
    const looks = () => calls.of('ecs', 'DescribeServiceDeployments').length
    const before = looks()
    const verifying = verify(aws, { images: v3.uri })
    await expect.poll(looks).toBeGreaterThan(before)
    await clients.ecs.updateService({ cluster, service, taskDefinition: third })
    await using run = await verifying
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(run.log).toMatch(/was superseded by ecs-svc\/\d+; looking at that/)
    expect(run.evidence?.timeline).toContainEqual(
      expect.objectContaining({ text: expect.stringContaining('was superseded by') }),
    )
  })

  test('failed: it fails, and nothing is rolled back', async () => {
    await using aws = await world({ circuitBreaker: { enable: true, rollback: false } })
    const v2 = await aws.push('v2', { fault: 'exit' })
    await startedBehindItsBack(aws, await registered(aws, v2.uri))
    await using run = await verify(aws, { images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
    expect(run.outputs.findings).toContain('"crash-on-start"')
  })

  test('timed-out: it does not end in time', async () => {
    await using aws = await world({ wait: false, timeScale: 1 })
    aws.testbed.faults.inject(endless)
    await using run = await verify(aws, { timeout: '3s' })
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', verified: 'false' })
  })
})

describe.concurrent('verify: what cannot be proven', () => {
  test('unverified: nothing runs that could be looked at', async () => {
    await using aws = await world()
    await behindItsBack(aws, { desiredCount: 0 })
    await using run = await verify(aws, { images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false' })
    expect(run.outputs.findings).toContain('desired-count-zero')
  })

  test('unverified: the tag does not exist', async () => {
    await using aws = await world()
    const images = aws.v1.reference.replace(/v1$/, 'v9')
    await using run = await verify(aws, { images })
    expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false' })
    expect(run.outputs.message).toMatch(/orders has no tag v9$/)
    expect(run.outputs.findings).toContain('image-missing')
  })

  test.each(['ecr:BatchGetImage', 'ecs:DescribeServiceRevisions', 'ecs:ListTasks'])(
    'unverified: the role may not call %s',
    async (action) => {
      await using aws = await world()
      aws.testbed.credentials.deny(action)
      await using run = await verify(aws, { images: aws.v1.reference })
      expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false' })
      expect(run.log).toContain(action)
    },
  )
})

describe.concurrent('verify: wrong inputs', () => {
  test('what only a deployment could use is refused, all of it at once, before any call', async () => {
    await using aws = await world()
    const before = aws.testbed.calls.all().length
    await using run = await aws.deployUnchecked({
      mode: 'verify',
      'task-definition': 'orders.json',
      'desired-count': '2',
      'dry-run': 'true',
      'wait-until': 'started',
      'force-new-deployment': 'true',
    })
    expect(run.exitCode).toBe(1)
    expect(run.outputs.outcome).toBe('failed')
    const [error] = run.annotations
    expect(error?.message).toBe(
      'task-definition, force-new-deployment, desired-count, wait-until, dry-run: make no sense with mode: verify, which only looks; leave them out, or use mode: deploy',
    )
    expect(aws.testbed.calls.all()).toHaveLength(before)
  })

  test('failed: a container that does not exist', async () => {
    await using aws = await world()
    await using run = await verify(aws, { images: `web=${aws.v1.uri}` })
    expect(run.outputs.outcome).toBe('failed')
    expect(run.outputs.message).toContain('there is no container "web"')
  })

  test('failed: a mode that does not exist', async () => {
    await using aws = await world()
    await using run = await aws.deployUnchecked({ mode: 'check' })
    expect(run.annotations[0]?.message).toBe('mode: expected deploy or verify, got "check"')
  })
})
