import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { dockerWrapper } from './docker-wrapper.fixture.ts'
import { digestOf } from './registry-state.fixture.ts'
import { summaryRows } from './summary-table.fixture.ts'

const action = join(import.meta.dirname, '../..')
const missing = await withoutDocker()

/** Two stages, and contents that no build has had before, which can hardly be compressed. */
const job = () =>
  imageJob(action, {
    Dockerfile: 'FROM scratch AS debug\nARG MODE=a\nCOPY a /a\nFROM debug AS final\nCOPY b /b\n',
    a: randomBytes(300_000).toString('base64'),
    b: 'b',
  })

/** What a pull of the image of web brings, in MB. */
function sizeOf({ images }: ImageJob, digest: string): string {
  const manifest = JSON.parse(String(images.repositories.get('web')?.manifests.get(digest)?.bytes))
  const parts: { size: number }[] = [manifest.config, ...manifest.layers]
  return (parts.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1)
}

const seconds = (...phases: string[]) =>
  expect.stringMatching(`^${phases.map((phase) => `${phase} \\d+\\.\\d s`).join(', ')}$`)

describe.skipIf(missing !== undefined)('Docker: the same commit again', () => {
  test('builds nothing, also where tags are immutable', async () => {
    await using here = await job()
    await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
    const { env, started } = dockerWrapper(here)
    const tags = { repository: 'web', tags: 'branch-sha\nsha' }
    const [first, short] = [`main-${here.commit}`, here.commit.slice(0, 7)]
    await using built = await here.step(tags, { env })
    expect(built.conclusion, built.log).toBe('success')
    // What it costs: Docker is asked once which builder there is, and builds once.
    const processes = () => started().map(([command, what]) => `${command} ${what}`)
    expect(processes()).toEqual(['buildx inspect', 'buildx build'])
    const { digest = '' } = built.outputs
    const size = sizeOf(here, digest)
    expect(Number(size)).toBeGreaterThan(0.2)
    expect(summaryRows(built.summary)).toEqual({
      Image: `${here.ecr.host}/web:${first}`,
      Digest: digest,
      Size: `${size} MB compressed`,
      'Tags pushed': `${first}, ${short}`,
      'Layers reused': '0 of 2 steps came from the cache',
      Time: seconds('preflight', 'build and push', 'tags'),
    })

    const pushes = here.ecr.requests.of('PutImage').length
    await using second = await here.step(tags, { env })
    expect(second.conclusion, second.log).toBe('success')
    expect(second.outputs).toMatchObject({ reused: 'true', digest })
    expect(here.ecr.requests.of('PutImage')).toHaveLength(pushes)
    expect(processes()).toEqual(['buildx inspect'])
    expect(summaryRows(second.summary)).toEqual({
      Image: `${here.ecr.host}/web:${first}`,
      Digest: digest,
      Size: `${size} MB compressed`,
      'Tags already there': `${first}, ${short}`,
      'Layers reused': 'all, nothing was built',
      Time: seconds('preflight', 'tags'),
    })

    await using other = await here.step({ ...tags, target: 'debug', 'build-args': 'MODE=b' })
    expect(other.conclusion).toBe('failure')
    expect(other.annotations[0]?.message).toMatch(
      /web:main-\w+ exists and is another image than asked for: another target, another build-args\n/,
    )
    await using fails = await here.step({ ...tags, 'if-exists': 'fail' })
    expect(fails.annotations[0]?.message).toContain(`exists already, with ${digest}`)
  })

  test('gives the image the tags that it lacks', async () => {
    await using here = await job()
    await here.repository('web')
    await using first = await here.step({ repository: 'web', tags: 'branch-sha' })
    await using second = await here.step({ repository: 'web', tags: 'branch-sha\nlatest' })
    expect(second.outputs.reused).toBe('true')
    expect(await digestOf(here, 'latest')).toBe(first.outputs.digest)
  })
})
