import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildImage, buildIndex, imageJob, withoutContainerdStore } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { forgetSteps } from './docker.fixture.ts'
import { dockerWrapper } from './docker-wrapper.fixture.ts'
import { commitAt } from './git.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = {
  Dockerfile: 'FROM scratch\nCOPY a.txt /\nWORKDIR /app\nCOPY b.txt ./\n',
  'a.txt': 'a',
  'b.txt': 'b',
}
const missing = await withoutContainerdStore()

describe.skipIf(missing !== undefined)('Docker: the cache', () => {
  test('of one commit serves the next, whose image bears its own time', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await here.repository('web-cache')
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')
    const sha = commitAt(here.workspace, new Date().toISOString())
    await using second = await here.step({ repository: 'web' }, { github: { sha } })
    expect(second.outputs, second.log).toMatchObject({ 'cache-hit': 'true', reused: 'false' })
    const [before, after] = await Promise.all(
      [first, second].map(({ outputs }) => here.images.resolve(outputs.uri ?? '')),
    )
    const created = 'org.opencontainers.image.created'
    expect(before?.config.Labels?.[created]).toBe('2023-11-14T22:13:20.000Z')
    expect(Date.parse(after?.config.Labels?.[created] ?? '')).toBeGreaterThan(Date.now() - 600_000)
  })

  test('is written where it is missing or a layer has changed, and only there', async () => {
    await using here = await imageJob(action, { ...FILES, 'b.txt': randomUUID() })
    await here.repository('web')
    await here.repository('web-cache')
    const written = () => here.images.repositories.get('web-cache')?.tags.get('main')
    const { env, started } = dockerWrapper(here)
    const builds = () =>
      started().flatMap(([, what = '', ...more]) => (what === 'build' ? [more.join(' ')] : []))
    const next = () => ({ env, github: { sha: commitAt(here.workspace, new Date().toISOString()) } })
    await using first = await here.step({ repository: 'web' }, { env })
    expect(first.conclusion, first.log).toBe('success')
    const before = written()
    expect(before).toMatch(/^sha256:/)
    expect(builds()).toEqual([expect.stringContaining('--cache-to=')])

    await using same = await here.step({ repository: 'web' }, next())
    expect(same.outputs['cache-hit'], same.log).toBe('true')
    expect(same.log).not.toContain('exporting cache')
    expect(builds()).toEqual([expect.not.stringContaining('--cache-to=')])

    writeFileSync(join(here.workspace, 'b.txt'), randomUUID())
    await using changed = await here.step({ repository: 'web' }, next())
    expect(changed.outputs.outcome, changed.log).toBe('pushed')
    expect(changed.log).toContain('writing the cache')
    expect(written()).not.toBe(before)
    // The second one builds nothing: it writes the cache of the first, while the image gets its tags.
    expect(builds()).toEqual([
      expect.stringMatching(/^(?!.*--cache-to=).*push=true/),
      expect.stringMatching(/--cache-to=.*--output=type=cacheonly/),
    ])
  })

  test('gets the layers that a build without a push has made', async () => {
    const mark = randomUUID()
    const Dockerfile = `FROM scratch\nCOPY a /${mark}/a\nCOPY b /${mark}/b\n`
    await using here = await imageJob(action, { Dockerfile, a: mark, b: 'b' })
    await here.repository('web')
    await here.repository('web-cache')
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')

    writeFileSync(join(here.workspace, 'b'), randomUUID())
    const github = { sha: commitAt(here.workspace, '2026-02-01T12:00:00Z') }
    await using tried = await here.step({ repository: 'web', push: false }, { github })
    expect(tried.outputs.outcome, tried.log).toBe('built')
    await using pushed = await here.step({ repository: 'web' }, { github })
    expect(pushed.outputs, pushed.log).toMatchObject({ outcome: 'pushed', 'cache-hit': 'true' })

    expect(await forgetSteps(here, mark)).toBe(true)
    const workspace = here.clone()
    const later = { workspace, github }
    await using anew = await here.step({ repository: 'web', 'if-exists': 'rebuild' }, later)
    expect(anew.outputs, anew.log).toMatchObject({ 'cache-hit': 'true', digest: pushed.outputs.digest })
  })

  test.each([
    ['one platform', undefined],
    ['several platforms', 'linux/amd64\nlinux/arm64'],
  ])('that holds all of an image on a base image is not written again: %s', async (_, platforms) => {
    const baseFor = (architecture: 'amd64' | 'arm64') =>
      buildImage({ files: { base: `${architecture} ${randomUUID()}` }, config: {}, architecture })
    const base = buildIndex({ 'linux/amd64': await baseFor('amd64'), 'linux/arm64': await baseFor('arm64') })
    await using other = await imageJob(action, { a: 'a' })
    other.images.push('base', '1', base)
    const Dockerfile = `FROM ${other.ecr.host}/base:1 AS files\nWORKDIR /app\nCOPY b ./\nFROM ${other.ecr.host}/base:1\nCOPY --from=files /app /app\nWORKDIR /app\n`
    await using here = await imageJob(action, { Dockerfile, b: randomUUID() })
    await here.repository('web')
    await here.repository('web-cache')
    const config = join(here.env.DOCKER_CONFIG ?? '', 'config.json')
    const { username, password } = other.ecr.login()
    const auth = Buffer.from(`${username}:${password}`).toString('base64')
    writeFileSync(
      config,
      JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), auths: { [other.ecr.host]: { auth } } }),
    )
    const inputs = { repository: 'web', ...(platforms === undefined ? {} : { platforms }) }
    await using first = await here.step(inputs)
    expect(first.conclusion, first.log).toBe('success')
    const sha = commitAt(here.workspace, '2026-02-01T12:00:00Z')
    await using second = await here.step(inputs, { github: { sha } })
    expect(second.outputs, second.log).toMatchObject({ outcome: 'pushed', 'cache-hit': 'true' })
    expect(second.log).not.toContain('writing the cache')
  })
})
