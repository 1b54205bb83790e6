import { randomUUID } from 'node:crypto'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { type ImageJob, imageJob, withoutContainerdStore, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { forgetSteps } from './docker.fixture.ts'
import { git } from './git.fixture.ts'
import { changes, digestOf } from './registry-state.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = {
  Dockerfile:
    'FROM scratch AS files\nARG MODE=a\nCOPY app /app\nFROM files AS debug\nLABEL debug=1\nFROM files AS final\nCOPY b /b\n',
  'app/a.txt': 'a',
  b: 'b',
}
const missing = await withoutDocker()
const incomplete = await withoutContainerdStore()

const job = () => imageJob(action, FILES)

/** Files whose every step the builder keeps under a name that no other build has. */
function marked(): { mark: string; files: Record<string, string> } {
  const mark = randomUUID()
  const Dockerfile = `FROM scratch\nCOPY app /${mark}/app\nCOPY b /${mark}/b\n`
  return { mark, files: { Dockerfile, 'app/a.txt': mark, b: mark } }
}

/** The configuration of an image of web, as it was pushed. */
function pushedConfig({ images }: ImageJob, digest: string) {
  const { blobs, manifests } = images.repositories.get('web') ?? {}
  const manifest = JSON.parse(String(manifests?.get(digest)?.bytes))
  return JSON.parse(String(blobs?.get(manifest.config.digest)))
}

describe.skipIf(missing !== undefined)('Docker: build and push', () => {
  test('the image gets its tags and is handed on by digest', async () => {
    await using here = await job()
    await here.repository('web')
    await using run = await here.step({ repository: 'web', 'build-args': 'MODE=hunter2' })
    expect(run.conclusion, run.log).toBe('success')
    const { digest = '', uri, image, tag } = run.outputs
    expect(tag).toBe(`main-${here.commit}`)
    expect(uri).toBe(`${here.ecr.host}/web@${digest}`)
    expect(image).toBe(`${here.ecr.host}/web:${tag}@${digest}`)
    const tags = [tag ?? '', here.commit.slice(0, 7), '42', 'main', 'latest']
    expect(JSON.parse(run.outputs.tags ?? '')).toEqual(tags)
    for (const name of tags) expect(await digestOf(here, name)).toBe(digest)
    expect(JSON.parse(run.outputs['platform-digests'] ?? '')).toEqual({ 'linux/amd64': digest })
    const { config } = await here.images.resolve(`${here.ecr.host}/web:latest`)
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.revision': here.commit,
      'org.opencontainers.image.created': '2023-11-14T22:13:20.000Z',
      'org.opencontainers.image.source': 'https://github.com/octo-org/shop',
    })
    expect(JSON.stringify([run.outputs, run.summary, config.Labels])).not.toContain('hunter2')
    expect(pushedConfig(here, digest).created).toBe('2023-11-14T22:13:20Z')
    // One push; the other tags are the same bytes put again, latest last.
    const put = here.server.calls.of('ecr', 'PutImage').map(({ input }) => input.imageTag)
    expect(put).toEqual(tags.slice(1))
    expect(here.ecr.requests.of('PutImage').map(({ path }) => path)).toEqual([`/v2/web/manifests/${tag}`])
  })

  test('five checkouts of one commit give one digest', async () => {
    const { mark, files } = marked()
    await using here = await imageJob(action, files)
    await here.repository('web')
    await here.repository('web-cache')
    const digests = new Set<string | undefined>()
    for (let count = 0; count < 5; count++) {
      const workspace = here.clone()
      const time = new Date(Date.UTC(2020 + count, 1))
      for (const file of ['app/a.txt', 'b']) utimesSync(join(workspace, file), time, time)
      await using run = await here.step({ repository: 'web', 'if-exists': 'rebuild' }, { workspace })
      expect(run.conclusion, run.log).toBe('success')
      digests.add(run.outputs.digest)
      const forgotten = await forgetSteps(here, mark)
      // Those that come from the registry are not kept.
      if (count === 0) expect(forgotten).toBe(true)
    }
    expect(digests.size).toBe(1)
  })

  test('the first line of the build is shown while it runs', async () => {
    await using here = await job()
    await here.repository('web')
    const held = Promise.withResolvers<void>()
    here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault: { kind: 'hold', until: held.promise } })
    await using run = await here.step(
      { repository: 'web' },
      { onOutput: (line) => line.includes('COPY app /app') && held.resolve() },
    )
    expect(run.conclusion, run.log).toBe('success')
  })

  test('a dry run changes nothing', async () => {
    await using here = await job()
    await here.repository('web')
    const calls = here.server.calls.all().length
    const inputs = { repository: 'web', 'dry-run': true, 'create-repository': true, load: true, scan: 'wait' }
    await using run = await here.step(inputs)
    expect(run.conclusion, run.log).toBe('success')
    expect(run.outputs.message).toBe(`Dry run: would build and push ${here.ecr.host}/web:main-${here.commit}`)
    expect(here.ecr.requests.all()).toEqual([])
    expect(here.server.calls.of('ecr', 'DescribeRepositories').length).toBeGreaterThan(0)
    expect(changes(here, calls)).toEqual([])
    expect(git(here.workspace, 'status', '--porcelain', '--ignored')).toBe('')
  })
})

// The builder of an engine with the classic store does neither.
describe.skipIf(incomplete !== undefined)('Docker: build and push, on the containerd store', () => {
  test('the cache is of its own repository, and a pull request only reads it', async () => {
    const { mark, files } = marked()
    await using here = await imageJob(action, files)
    await here.repository('web')
    await here.repository('web-cache')
    await using first = await here.step({ repository: 'web' })
    expect(first.outputs['cache-hit']).toBe('false')
    const written = here.images.repositories.get('web-cache')?.tags.size
    expect(written).toBe(1)
    expect(await forgetSteps(here, mark)).toBe(true)
    const head = { sha: here.commit, ref: 'fix', repo: { full_name: 'octo-org/shop' } }
    const event = { pull_request: { head, base: { ref: 'main' } }, repository: { default_branch: 'main' } }
    const github = { event_name: 'pull_request', ref: 'refs/pull/7/merge' }
    const anew = { repository: 'web', 'if-exists': 'rebuild' }
    await using second = await here.step(anew, { event, github })
    expect(second.conclusion, second.log).toBe('success')
    expect(second.outputs, second.log).toMatchObject({ 'cache-hit': 'true', tag: `fix-${here.commit}` })
    expect(here.images.repositories.get('web-cache')?.tags.size).toBe(1)
    expect(JSON.parse(second.outputs.tags ?? '')).not.toContain('latest')
  })

  test('several platforms become one index', async () => {
    await using here = await job()
    await here.repository('web')
    await using run = await here.step({ repository: 'web', platforms: 'linux/amd64\nlinux/arm64' })
    expect(run.conclusion, run.log).toBe('success')
    const platforms = JSON.parse(run.outputs['platform-digests'] ?? '')
    expect(Object.keys(platforms).toSorted()).toEqual(['linux/amd64', 'linux/arm64'])
    expect(Object.values(platforms)).not.toContain(run.outputs.digest)

    // An index has no scan: each of its images is scanned, and they are judged together.
    here.ecr.scans.expect({ findings: [{ name: 'CVE-2026-0001', severity: 'LOW' }] })
    const arm64 = [{ name: 'CVE-2026-0002', severity: 'HIGH' }] as const
    here.ecr.scans.expect({ findings: arm64 }, platforms['linux/arm64'])
    const inputs = { repository: 'web', platforms: 'linux/amd64\nlinux/arm64', scan: 'wait' }
    await using scanned = await here.step(inputs)
    const asked = here.server.calls.of('ecr', 'DescribeImageScanFindings').map(({ input }) => input.imageId)
    expect(new Set(asked.map((id) => JSON.stringify(id)))).toEqual(
      new Set(Object.values(platforms).map((imageDigest) => JSON.stringify({ imageDigest }))),
    )
    expect(scanned.annotations[0]?.message).toMatch(/^The scan found 1 HIGH, 1 LOW in web:main-/)
    expect(JSON.parse(scanned.outputs['scan-findings'] ?? '')).toEqual({ HIGH: 1, LOW: 1 })
  })
})
