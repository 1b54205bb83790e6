import { buildImage, type ImageJob, imageJob } from '@ecs-release/testbed'
import { expect, test } from 'vitest'
import { pushedImage } from './pushed-image.ts'

const image = (text: string) => buildImage({ files: { a: text }, config: {} })

/** Amazon ECR knows the image only after so many looks, which `later` brings about. */
function looking(job: ImageJob, looks: number, later: () => void) {
  let slept = 0
  const clock = {
    now: () => Date.now(),
    sleep: async () => {
      slept += 1
      if (slept === looks) later()
    },
  }
  return {
    clients: { ecr: job.client },
    repository: { name: 'web' },
    clock,
  }
}

test('an image that is not visible yet is waited for, whatever the tag still names', async () => {
  await using job = await imageJob('.', { a: 'a' })
  const [old, built] = [await image('old'), await image('built')]
  job.images.push('web', 'main-1', old)
  job.images.push('web', 'latest', old)
  const registry = looking(job, 3, () => job.images.push('web', 'main-1', built))
  const told = {
    digest: built.manifest.digest,
    tag: 'main-1',
    before: old.manifest.digest,
    others: ['latest', 'v1'],
  }
  const { stored, others } = await pushedImage(registry, told)
  expect(stored.digest).toBe(built.manifest.digest)
  expect([...others].map(([tag, { digest }]) => [tag, digest])).toEqual([['latest', old.manifest.digest]])
})

test('an image of before the build is never taken for the one that was pushed', async () => {
  await using job = await imageJob('.', { a: 'a' })
  const old = await image('old')
  job.images.push('web', 'main-1', old)
  const told = { digest: `sha256:${'0'.repeat(64)}`, tag: 'main-1', before: old.manifest.digest, others: [] }
  await expect(
    pushedImage(
      looking(job, 9, () => {}),
      told,
    ),
  ).rejects.toThrow(/does not have sha256:0+, which the build/)
})

test('a builder that tells another digest is believed in the end, by its tag', async () => {
  await using job = await imageJob('.', { a: 'a' })
  const [old, built] = [await image('old'), await image('built')]
  job.images.push('web', 'main-1', old)
  const registry = looking(job, 2, () => job.images.push('web', 'main-1', built))
  const told = { digest: `sha256:${'0'.repeat(64)}`, tag: 'main-1', before: old.manifest.digest, others: [] }
  expect((await pushedImage(registry, told)).stored.digest).toBe(built.manifest.digest)
  expect(job.server.calls.of('ecr', 'BatchGetImage')).toHaveLength(5)
})
