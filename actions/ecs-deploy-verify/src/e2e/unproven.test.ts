import { setTimeout as wait } from 'node:timers/promises'
import type { JsonObject } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { editList, editTasks, objects } from './answers.fixture.ts'
import { world } from './world.fixture.ts'

const otherDigest = `sha256:${'b'.repeat(64)}`

/** ECS calls each of these deployments SUCCESSFUL, or needs none; the step fails all the same. */
describe.concurrent('ECS is content, the step is not', () => {
  test('failed: a task runs another digest', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    aws.testbed.faults.inject(editTasks((container) => ({ ...container, imageDigest: otherDigest })))
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false', digests: '{}' })
    expect(run.evidence?.timeline).toContainEqual(
      expect.objectContaining({ text: expect.stringMatching(/as SUCCESSFUL$/) }),
    )
    expect(run.outputs.message).toMatch(`runs ${otherDigest} in container app, not ${v2.digest}`)
    expect(run.summary).toContain(otherDigest)
  })

  test('failed: without a deployment a task runs another digest', async () => {
    await using aws = await world()
    aws.testbed.faults.inject(editTasks((container) => ({ ...container, imageDigest: otherDigest })))
    await using run = await aws.deploy({ images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
    expect(run.outputs.findings).toContain('digest-mismatch')
  })

  test('unverified: a tag may have moved, nothing was deployed, and Amazon ECR may not be asked', async () => {
    await using aws = await world()
    aws.testbed.credentials.deny('ecr:BatchGetImage')
    const v2 = await aws.push('v2')
    await using first = await aws.deploy({ images: v2.reference })
    expect(first.outputs).toMatchObject({ outcome: 'unverified', verified: 'false', 'rolled-back': 'false' })
    expect(first.outputs.message).toContain(`which image the tag of ${v2.reference} for container app named`)
    expect(first.summary).toContain('ecr:BatchGetImage')
    await using again = await aws.deploy({ images: v2.reference })
    expect(again.outputs).toMatchObject({ outcome: 'unverified', verified: 'false', digests: '{}' })
    expect(again.outputs.message).toContain(`the tag of ${v2.reference} for container app may have moved`)
    expect(again.summary).toContain('ecr:BatchGetImage')
  })

  test('a service without tasks is warned of before anything is written', async () => {
    await using aws = await world({ desiredCount: 0 })
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri, 'dry-run': 'true' })
    expect(run.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('The desired count of orders is 0') },
    ])
    await using off = await aws.deploy({ images: v2.uri, 'dry-run': 'true', proof: 'off' })
    expect(off.annotations).toEqual([])
  })

  test('unverified: nothing runs that could be looked at', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri, 'desired-count': '0' })
    expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false' })
    expect(run.outputs.findings).toContain('desired-count-zero')
    expect(run.summary).toContain('the desired count is 0')
  })

  test('unverified: a task of the deployment before goes on running', async () => {
    // Longer than the proof waits, also in real time.
    await using aws = await world({ timings: { stopOrder: 80 * 300 } })
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false', 'rolled-back': 'false' })
    expect(run.outputs.message).toContain('1 task of an earlier deployment still runs')
    expect(run.outputs.findings).toContain('"old-tasks-remain"')
    expect(run.durationMs).toBeGreaterThan(115_000)
  }, 240_000)

  test('superseded: somebody else deploys while the proof waits', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const { cluster, service } = aws.stack
    // A task of the deployment before seems to go on running, so that there is a wait.
    const old = {
      id: 'ecs-svc/1',
      status: 'ACTIVE',
      taskDefinition: 'orders:1',
      createdAt: 1,
      runningCount: 1,
    }
    aws.testbed.faults.inject(
      editList('DescribeServices', 'services', (each) => ({
        ...each,
        deployments: [
          ...objects(each.deployments),
          { ...old, updatedAt: 1, desiredCount: 0, pendingCount: 0 },
        ],
      })),
    )
    const other = (async () => {
      // Only the proof lists the running tasks of a deployment that goes well.
      while (aws.testbed.calls.of('ecs', 'ListTasks').length === 0) await wait(20)
      return aws.testbed.clients.ecs.updateService({ cluster, service, forceNewDeployment: true })
    })()
    await using run = await aws.deploy({ images: v2.uri })
    const primary = (await other).service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
    expect(run.outputs).toMatchObject({ outcome: 'superseded', verified: 'false', 'rolled-back': 'false' })
    expect(run.outputs.message).toBe(`The deployment of orders:2 to orders was superseded by ${primary}`)
    expect(run.outputs.findings).toContain('"superseded"')
    expect(run.durationMs).toBeLessThan(40_000)
  })

  test('unverified: ECS reports no digest', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    aws.testbed.faults.inject(editTasks(({ imageDigest: _, ...container }) => container))
    await using run = await aws.deploy({ images: v2.uri })
    expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false' })
    expect(run.durationMs).toBeLessThan(30_000)
    expect(run.outputs.message).toContain('ECS reports no digest of every task for container app')
  })

  test('unverified: a deployment that has failed is not listed, and nobody wants a proof', async () => {
    await using aws = await world()
    const failed = (each: JsonObject): JsonObject => ({ ...each, rolloutState: 'FAILED' })
    const { faults } = aws.testbed
    faults.inject(
      editList('DescribeServices', 'services', (service) => ({
        ...service,
        deployments: objects(service.deployments).map(failed),
      })),
    )
    const unlisted = (body: JsonObject): JsonObject => ({ ...body, serviceDeployments: [] })
    faults.inject({ operation: 'ListServiceDeployments', fault: { kind: 'answer', change: unlisted } })
    await using run = await aws.deploy({ proof: 'off' })
    expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false' })
    expect(run.outputs.message).toMatch(
      /ECS does not list the deployment ecs-svc\/\d+, whose rollout state is FAILED/,
    )
    expect(run.outputs.findings).toContain('"digest-not-provable"')
  })

  test('timed-out: AWS lists the deployment, and never describes it', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const fault = { kind: 'server-error' } as const
    aws.testbed.faults.inject({ operation: 'DescribeServiceDeployments', fault })
    await using run = await aws.deploy({ images: v2.uri, timeout: '5s', 'on-failure': 'fail' })
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', verified: 'false' })
    expect(run.outputs.message).toMatch(
      /^How the deployment of orders:2 to orders goes is not known after .*, as AWS did not once answer what its status is$/,
    )
    aws.testbed.faults.clear()
  })

  test.each(['ecs:DescribeServiceRevisions', 'ecs:ListTasks', 'ecs:DescribeTasks'])(
    'unverified: the role may not call %s',
    async (action) => {
      await using aws = await world()
      const v2 = await aws.push('v2')
      aws.testbed.credentials.deny(action)
      await using run = await aws.deploy({ images: v2.uri })
      expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false' })
      expect(run.outputs.message).toContain(`AWS does not allow ${action}`)
      expect(run.summary).toContain(action)
      expect(run.annotations[0]?.message).toContain(`"Action":"${action}"`)
    },
  )
})
