import { join } from 'node:path'
import { buildImage, type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

/** How often BatchGetImage did not find the digest before it did. */
function misses({ server }: ImageJob, digest: string | undefined): number {
  const answers = server.calls
    .of('ecr', 'BatchGetImage')
    .filter(({ input }) => JSON.stringify(input.imageIds).includes(String(digest)))
    .map(({ output }) => JSON.stringify(output?.images).includes(String(digest)))
  expect(answers).toContain(true)
  return answers.indexOf(true)
}

describe.skipIf(missing !== undefined)('Docker: Amazon ECR is eventually consistent', () => {
  test('an image that it does not find right after the push is looked for again', async () => {
    await using here = await imageJob(action, FILES, { consistency: { images: 2000, repositories: 0 } })
    await here.repository('web')
    await using run = await here.step({ repository: 'web', cache: 'off', tags: 'branch-sha\nlatest' })
    expect(run.conclusion, run.log).toBe('success')
    const digest = run.outputs.digest
    expect(misses(here, digest)).toBeGreaterThan(0)
    const { tags } = here.images.repositories.get('web') ?? {}
    expect([tags?.get(`main-${here.commit}`), tags?.get('latest')]).toEqual([digest, digest])
  })

  test('a tag that was pushed anew and still seems to name the image before it is not taken at its word', async () => {
    await using here = await imageJob(action, FILES, { consistency: { images: 2000, repositories: 0 } })
    await here.repository('web')
    const old = here.images.push('web', 'edge', await buildImage({ files: { c: 'c' }, config: {} }))
    const inputs = { repository: 'web', cache: 'off', tags: 'raw=edge\nlatest', 'if-exists': 'rebuild' }
    await using run = await here.step(inputs)
    expect(run.conclusion, run.log).toBe('success')
    const digest = run.outputs.digest
    expect(digest).not.toBe(old.digest)
    expect(misses(here, digest)).toBeGreaterThan(0)
    const { tags } = here.images.repositories.get('web') ?? {}
    expect([tags?.get('edge'), tags?.get('latest')]).toEqual([digest, digest])
  })

  test('a repository that its registry does not know yet is pushed to again', async () => {
    await using here = await imageJob(action, FILES, { consistency: { images: 0, repositories: 1500 } })
    await using run = await here.step({ repository: 'web', cache: 'off', 'create-repository': 'true' })
    expect(run.conclusion, run.log).toBe('success')
    expect(run.outputs['repository-created']).toBe('true')
    expect(here.ecr.requests.all().filter(({ outcome }) => outcome === 404).length).toBeGreaterThan(0)
    expect(run.log).toContain('The push failed: pushing again')
  })

  test('more tags than PutImage allows a second are set all the same', async () => {
    await using here = await imageJob(action, FILES, { throttling: true })
    await here.repository('web')
    const names = Array.from({ length: 20 }, (_, index) => `t${index}`)
    const tags = ['branch-sha', ...names.map((name) => `raw=${name}`)].join('\n')
    await using run = await here.step({ repository: 'web', cache: 'off', tags })
    expect(run.conclusion, run.log).toBe('success')
    const outcomes = here.server.calls.of('ecr', 'PutImage').map(({ outcome }) => outcome)
    expect(outcomes).toContain('ThrottlingException')
    const { tags: set } = here.images.repositories.get('web') ?? {}
    expect(names.map((name) => set?.get(name))).toEqual(names.map(() => run.outputs.digest))
  })
})
