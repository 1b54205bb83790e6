import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nARG V\nLABEL v=$V\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

const RELEASE = { github: { ref: 'refs/tags/v1.2.3' } }
const tagsOf = ({ images }: ImageJob) => images.repositories.get('web')?.tags
const short = ({ commit }: ImageJob) => commit.slice(0, 7)

async function released(options: Parameters<ImageJob['repository']>[1], tags: string) {
  const here = await imageJob(action, FILES)
  await here.repository('web', options)
  await using main = await here.step({ repository: 'web', tags, 'build-args': 'V=main' })
  expect(main.conclusion, main.log).toBe('success')
  return Object.assign(here, { digest: main.outputs.digest ?? '' })
}

describe.skipIf(missing !== undefined)('Docker: a fixed tag', () => {
  test.each([
    [
      'mutable',
      'MUTABLE',
      'branch-sha\nsha\nlatest\nrun-number\nbranch',
      /, or have it moved: if-exists: rebuild\.$/,
    ],
    ['immutable', 'IMMUTABLE', 'branch-sha\nsha', /, which leaves out [0-9a-f]{7}\.$/],
  ] as const)('of another image of the commit is refused before anything is built: %s', async (...row) => {
    const [, imageTagMutability, tags, expected] = row
    await using here = await released({ imageTagMutability }, tags)
    const uploads = here.ecr.requests.all().length
    const inputs = { repository: 'web', 'build-args': 'V=1.2.3' }
    await using refused = await here.step({ ...inputs, tags }, RELEASE)
    const [message = '', hint = ''] = refused.annotations[0]?.message.split('\n') ?? []
    expect(message).toBe(`web:${short(here)} exists and is another image than asked for: another build-args`)
    expect(hint).toMatch(expected)
    expect(here.ecr.requests.all()).toHaveLength(uploads)
    expect(tagsOf(here)?.get(short(here))).toBe(here.digest)

    const remedy = parse(/^Set (tags: \S+?), which/.exec(hint)?.[1] ?? '')
    await using apart = await here.step({ ...inputs, ...remedy }, RELEASE)
    expect(apart.outputs, apart.log).toMatchObject({ outcome: 'pushed', tag: `v1.2.3-${here.commit}` })
    expect(tagsOf(here)?.get(short(here))).toBe(here.digest)
  })

  test('of the image that would be built leads to it, under the first tag of another ref too', async () => {
    await using here = await released({ imageTagMutability: 'IMMUTABLE' }, 'branch-sha\nsha')
    const inputs = { repository: 'web', tags: 'branch-sha\nsha', 'build-args': 'V=main' }
    await using run = await here.step(inputs, RELEASE)
    const tag = `v1.2.3-${here.commit}`
    expect(run.outputs, run.log).toMatchObject({ outcome: 'reused', digest: here.digest, tag })
    expect(JSON.parse(run.outputs.tags ?? '')).toEqual([tag, short(here)])
    expect(tagsOf(here)?.get(tag)).toBe(here.digest)
    await using fails = await here.step(
      { ...inputs, 'if-exists': 'fail' },
      { github: { ref: 'refs/heads/dev' } },
    )
    expect(fails.annotations[0]?.message).toMatch(/^if-exists: web:[0-9a-f]{7} exists already, with sha256:/)
  })

  test('moves with a rebuild, which is refused before it begins where that cannot be', async () => {
    const inputs = { repository: 'web', tags: 'branch-sha\nsha', 'build-args': 'V=2', 'if-exists': 'rebuild' }
    await using here = await released({}, 'branch-sha\nsha')
    await using run = await here.step(inputs, RELEASE)
    expect(run.outputs.outcome, run.log).toBe('pushed')
    expect(tagsOf(here)?.get(short(here))).toBe(run.outputs.digest)

    await using other = await released({ imageTagMutability: 'IMMUTABLE' }, 'branch-sha\nsha')
    const uploads = other.ecr.requests.all().length
    await using refused = await other.step(inputs, RELEASE)
    expect(refused.annotations[0]?.message).toMatch(
      /another build-args\nSet tags: branch-sha, which leaves out/,
    )
    expect(other.ecr.requests.all()).toHaveLength(uploads)
  })

  test('that another job sets meanwhile stays with that job', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    const held = Promise.withResolvers<void>()
    const hold = { kind: 'hold', until: held.promise } as const
    using _ = here.ecr.faults.inject({ operation: 'PutImage', nth: 1, fault: hold })
    const inputs = { repository: 'web', tags: 'branch-sha\nsha' }
    const slow = here.step({ ...inputs, 'build-args': 'V=1' }, RELEASE)
    await expect.poll(() => here.ecr.requests.of('PutImage').length, { timeout: 60_000 }).toBe(1)
    await using quick = await here.step({ ...inputs, 'build-args': 'V=2' })
    held.resolve()
    await using late = await slow
    expect(late.outputs.outcome, late.log).toBe('pushed')
    expect(late.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('to which another job has given it meanwhile') },
    ])
    expect(tagsOf(here)?.get(short(here))).toBe(quick.outputs.digest)
  }, 60_000)
})
