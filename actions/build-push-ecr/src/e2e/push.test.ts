import { randomUUID } from 'node:crypto'
import { readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { DescribeRepositoriesCommand, GetLifecyclePolicyCommand } from '@aws-sdk/client-ecr'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { forgetSteps } from './docker.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = {
  Dockerfile:
    'FROM scratch AS files\nARG MODE=a\nCOPY app /app\nFROM files AS debug\nLABEL debug=1\nFROM files AS final\nCOPY b /b\n',
  'app/a.txt': 'a',
  b: 'b',
}
const missing = await withoutDocker()

const job = () => imageJob(action, FILES)

/** Files whose every step the builder keeps under a name that no other build has. */
function marked(): { mark: string; files: Record<string, string> } {
  const mark = randomUUID()
  const Dockerfile = `FROM scratch\nCOPY app /${mark}/app\nCOPY b /${mark}/b\n`
  return { mark, files: { Dockerfile, 'app/a.txt': mark, b: mark } }
}

const digestOf = async (here: ImageJob, tag: string) =>
  (await here.images.resolve(`${here.ecr.host}/web:${tag}`).catch(() => undefined))?.digest

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
    // One push; the other tags are the same bytes put again, latest last.
    const put = here.server.calls.of('ecr', 'PutImage').map(({ input }) => input.imageTag)
    expect(put).toEqual(tags.slice(1))
    expect(here.ecr.requests.of('PutImage').map(({ path }) => path)).toEqual([`/v2/web/manifests/${tag}`])
  })

  test('the second run of a commit builds nothing, also where tags are immutable', async () => {
    await using here = await job()
    await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
    const tags = { repository: 'web', tags: 'branch-sha\nsha' }
    await using first = await here.step(tags)
    expect(first.conclusion, first.log).toBe('success')
    const pushes = here.ecr.requests.of('PutImage').length
    await using second = await here.step(tags)
    expect(second.conclusion, second.log).toBe('success')
    expect(second.outputs).toMatchObject({ reused: 'true', digest: first.outputs.digest })
    expect(here.ecr.requests.of('PutImage')).toHaveLength(pushes)

    await using other = await here.step({ ...tags, target: 'debug', 'build-args': 'MODE=b' })
    expect(other.conclusion).toBe('failure')
    expect(other.annotations[0]?.message).toMatch(
      /web:main-\w+ exists and is another image than asked for: another target, another build-args\n/,
    )
    await using fails = await here.step({ ...tags, 'if-exists': 'fail' })
    expect(fails.annotations[0]?.message).toContain(`exists already, with ${first.outputs.digest}`)
  })

  test('a reused image gets the tags that it lacks', async () => {
    await using here = await job()
    await here.repository('web')
    await using first = await here.step({ repository: 'web', tags: 'branch-sha' })
    await using second = await here.step({ repository: 'web', tags: 'branch-sha\nlatest' })
    expect(second.outputs.reused).toBe('true')
    expect(await digestOf(here, 'latest')).toBe(first.outputs.digest)
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
    await using second = await here.step({ repository: 'web' }, { event, github })
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

  test('ten jobs create the repository, and each of them ends well', async () => {
    await using here = await job()
    const inputs = {
      repository: 'web',
      'create-repository': true,
      'tag-mutability': 'IMMUTABLE_WITH_EXCLUSION',
    }
    const runs = await Promise.all(
      Array.from({ length: 10 }, () => here.step({ ...inputs, tags: 'branch-sha\nlatest' })),
    )
    for (const run of runs) expect(run.conclusion, run.log).toBe('success')
    expect(runs.filter(({ outputs }) => outputs['repository-created'] === 'true')).toHaveLength(1)
    const calls = here.server.calls
      .of('ecr', 'CreateRepository')
      .filter(({ input }) => input.repositoryName === 'web')
    expect(calls.filter(({ outcome }) => outcome === 'ok')).toHaveLength(1)
    const { repositories } = await here.client.send(
      new DescribeRepositoriesCommand({ repositoryNames: ['web'] }),
    )
    expect(repositories?.[0]).toMatchObject({
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest' }],
      imageScanningConfiguration: { scanOnPush: true },
    })
    const policy = await here.client.send(new GetLifecyclePolicyCommand({ repositoryName: 'web' }))
    expect(policy.lifecyclePolicyText).toContain('"countNumber":10')
  }, 120_000)

  test('a dry run changes nothing', async () => {
    await using here = await job()
    await here.repository('web')
    await using run = await here.step({ repository: 'web', 'dry-run': true })
    expect(run.outputs.message).toBe(`Dry run: would build and push ${here.ecr.host}/web:main-${here.commit}`)
    expect(here.ecr.requests.all()).toEqual([])
    expect(readFileSync(join(here.workspace, 'b'), 'utf8')).toBe('b')
  })
})
