import type { JsonObject } from '@ecs-release/testbed'
import { describe, expect, test, vi } from 'vitest'
import { editTasks } from './answers.fixture.ts'
import { appImage } from './app.fixture.ts'
import { type Deployed, placeFile, type World, world } from './world.fixture.ts'

/** Another registry than Amazon ECR. */
const elsewhere = 'registry.example.com'

/** A file with the application by tag, whose digest ECS does not resolve, and a sidecar. */
async function deployed(
  aws: World,
  sidecar: { host: string; named: 'reference' | 'uri' },
  image: string,
): Promise<Deployed> {
  const { clients, images } = aws.testbed
  const pushed = images.push('agent', 'v1', await appImage('agent', { fault: 'port' }))
  const { taskDefinition } = await clients.ecs.describeTaskDefinition({ taskDefinition: 'orders' })
  const [app] = taskDefinition?.containerDefinitions ?? []
  const { family, networkMode, requiresCompatibilities, cpu, memory, executionRoleArn } = taskDefinition ?? {}
  const containerDefinitions = [
    { ...app, image, versionConsistency: 'disabled' },
    { name: 'agent', image: pushed[sidecar.named].replace(images.host, sidecar.host) },
  ]
  const members = { family, networkMode, requiresCompatibilities, cpu, memory, executionRoleArn }
  await using file = await placeFile('task.json', JSON.stringify({ ...members, containerDefinitions }))
  return await aws.deploy({ 'task-definition': 'task.json' }, file)
}

const inEcr = (aws: World) => ({ host: aws.testbed.images.host, named: 'uri' }) as const

/** ECS reports the digest of every container but one. */
const silent = (name: string) =>
  editTasks(
    ({ imageDigest, ...container }): JsonObject => ({
      ...container,
      ...(container.name === name || imageDigest === undefined ? {} : { imageDigest }),
    }),
  )

describe.concurrent('a task definition of an application and a sidecar', () => {
  test('succeeded: both are proven, the application by what its tag named in Amazon ECR', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using run = await deployed(aws, inEcr(aws), v2.reference)
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    const digests = JSON.parse(run.outputs.digests ?? '')
    expect(digests).toEqual({ app: v2.digest, agent: expect.stringMatching(/^sha256:/) })
  })

  test('unverified: the sidecar is proven, and ECS reports no digest of the application', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    aws.testbed.faults.inject(silent('app'))
    await using run = await deployed(aws, inEcr(aws), v2.reference)
    expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false', digests: '{}' })
    expect(run.outputs.message).toContain('ECS reports no digest of every task for container app')
  })

  test('failed: the tag of the application moves while the sidecar is what it was', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const moved = Promise.withResolvers<void>()
    const hold = { kind: 'hold', until: moved.promise } as const
    aws.testbed.faults.inject({ service: 'ecs', operation: 'UpdateService', times: 1, fault: hold })
    const running = deployed(aws, inEcr(aws), v2.reference)
    await vi.waitUntil(() => aws.testbed.calls.of('ecs', 'UpdateService').length === 1, { timeout: 30_000 })
    const other = await aws.push('v2', { says: ['another build'] })
    moved.resolve()
    await using run = await running
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false', 'rolled-back': 'true' })
    expect(run.outputs.message).toContain(`runs ${other.digest} in container app`)
  })

  test.each(['reference', 'uri'] as const)(
    'succeeded: the application is proven, and a sidecar from elsewhere (%s) that ECS does not report is listed',
    async (named) => {
      await using aws = await world()
      aws.testbed.images.aliases.add(elsewhere)
      const v2 = await aws.push('v2')
      aws.testbed.faults.inject(silent('agent'))
      await using run = await deployed(aws, { host: elsewhere, named }, v2.reference)
      expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
      expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: v2.digest })
      expect(run.log).toContain('agent: ECS reports no digest to compare')
      expect(run.summary).toContain('| Digest of agent | not reported by ECS |')
    },
  )
})
