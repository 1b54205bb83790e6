import { buildIndex, type OciImage, type PushedImage } from '@ecs-release/testbed'
import { describe, expect, test, vi } from 'vitest'
import { appImage } from './app.fixture.ts'
import { type World, world } from './world.fixture.ts'

describe.concurrent('an image by tag', () => {
  test('no-change: the tag still names what runs', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using first = await aws.deploy({ images: v2.reference })
    expect(first.outputs.outcome).toBe('succeeded')
    await using again = await aws.deploy({ images: v2.reference })
    expect(again.outputs).toMatchObject({ outcome: 'no-change', verified: 'true', 'deployment-arn': '' })
    expect(JSON.parse(again.outputs.digests ?? '')).toEqual({ app: v2.digest })
  })

  test('failed: the tag has moved, and nothing was deployed that would have resolved it anew', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using first = await aws.deploy({ images: v2.reference })
    const moved = await aws.push('v2', { says: ['something else'] })
    await using again = await aws.deploy({ images: v2.reference })
    expect(again.outputs).toMatchObject({ outcome: 'failed', verified: 'false', digests: '{}' })
    expect(again.outputs.message).toContain(`${v2.reference} names ${moved.digest} in Amazon ECR`)
    expect(again.summary).toContain('set force-new-deployment')
    await using forced = await aws.deploy({ images: v2.reference, 'force-new-deployment': 'true' })
    expect(forced.outputs).toMatchObject({
      outcome: 'succeeded',
      'task-definition-arn': first.outputs['task-definition-arn'],
    })
    expect(JSON.parse(forced.outputs.digests ?? '')).toEqual({ app: moved.digest })
  })

  test('no-change: a tag that nobody asked for may move', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await using first = await aws.deploy({ images: v2.reference })
    expect(first.outputs.outcome).toBe('succeeded')
    await aws.push('v2', { says: ['something else'] })
    await using again = await aws.deploy({ 'desired-count': '1' })
    expect(again.outputs).toMatchObject({ outcome: 'no-change', verified: 'true' })
  })
})

async function pushIndex(
  { testbed }: World,
  tag: string,
  name = tag,
): Promise<{ index: PushedImage; amd: OciImage }> {
  const amd = await appImage(name)
  const arm = await appImage(name, { architecture: 'arm64' })
  const image = buildIndex({ 'linux/amd64': amd, 'linux/arm64': arm })
  return { amd, index: testbed.images.push('orders', tag, image) }
}

describe.concurrent.each(['reference', 'uri'] as const)('an index (%s)', (form) => {
  test('succeeded: ECS reports its digest', async () => {
    await using aws = await world()
    const { index } = await pushIndex(aws, 'v2')
    await using run = await aws.deploy({ images: index[form] })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: index.digest })
    expect(run.summary).not.toContain('which this index lists')
  })

  test('succeeded: ECS reports the image that it lists', async () => {
    await using aws = await world({ reportedDigest: 'platform' })
    const { amd, index } = await pushIndex(aws, 'v2')
    const child = amd.manifest.digest
    await using run = await aws.deploy({ images: index[form] })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: index.digest })
    expect(run.evidence?.containers).toMatchObject([{ digest: index.digest, reported: [child] }])
    expect(run.summary).toContain(`ECS reports ${child}, which this index lists`)
    await using again = await aws.deploy({ images: index[form] })
    expect(again.outputs).toMatchObject({ outcome: 'no-change', verified: 'true' })
  })
})

test.concurrent('unverified: what the index lists cannot be asked, and nothing is rolled back for that', async () => {
  await using aws = await world({ reportedDigest: 'platform' })
  const { amd, index } = await pushIndex(aws, 'v2')
  aws.testbed.credentials.deny('ecr:BatchGetImage')
  await using run = await aws.deploy({ images: index.uri })
  expect(run.outputs).toMatchObject({ outcome: 'unverified', verified: 'false', 'rolled-back': 'false' })
  expect(run.outputs.message).toContain(`ECS reports ${amd.manifest.digest} for container app`)
  expect(run.outputs.message).toContain('AWS does not allow ecr:BatchGetImage')
  expect(run.annotations[0]?.message).toContain('"Action":"ecr:BatchGetImage"')
  expect(aws.testbed.calls.of('ecs', 'UpdateService')).toHaveLength(1)
})

test.concurrent.each(['index', 'platform'] as const)(
  'failed: the tag moved to another index before ECS resolved it, of which it reports the digest of the %s',
  async (reportedDigest) => {
    await using aws = await world({ reportedDigest })
    const { index } = await pushIndex(aws, 'v2')
    const moved = Promise.withResolvers<void>()
    aws.testbed.faults.inject({
      service: 'ecs',
      operation: 'UpdateService',
      times: 1,
      fault: { kind: 'hold', until: moved.promise },
    })
    const running = aws.deploy({ images: index.reference })
    await vi.waitUntil(() => aws.testbed.calls.of('ecs', 'UpdateService').length === 1, { timeout: 30_000 })
    const other = await pushIndex(aws, 'v2', 'another build')
    moved.resolve()
    await using run = await running
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
    expect(run.outputs.findings).toContain('digest-mismatch')
    const reported = reportedDigest === 'index' ? other.index.digest : other.amd.manifest.digest
    expect(run.outputs.message).toContain(reported)
  },
)
