import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = {
  'app/Dockerfile': 'FROM scratch AS files\nCOPY b /b\nFROM files AS final\n',
  'app/b': 'b',
  'docker/dockerfile.prod': 'FROM scratch\nCOPY b /b\n',
}
const missing = await withoutDocker()

/** This machine's engine, as it tells of itself where its images are in the classic store. */
function classicEngine(here: ImageJob): Record<string, string> {
  const bin = join(here.home, 'classic')
  mkdirSync(bin)
  const script = `#!/bin/sh
PATH='${process.env.PATH}'
[ "$1 $2" = "buildx inspect" ] || exec docker "$@"
docker "$@" | sed '/buildkit.worker.\\(containerd\\|snapshotter\\)/d'
`
  writeFileSync(join(bin, 'docker'), script, { mode: 0o755 })
  return { ...here.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
}

const made = ({ server }: ImageJob) => server.calls.of('ecr', 'CreateRepository').length

describe.skipIf(missing !== undefined)('Docker: before anything is built or created', () => {
  test.each([
    ['a push', {}],
    ['a dry run', { 'dry-run': true }],
    ['a mere build', { push: false }],
  ])('several platforms need a builder for them: %s', async (_, more) => {
    await using here = await imageJob(action, FILES)
    const inputs = { repository: 'web', context: 'app', platforms: 'linux/amd64\nlinux/arm64' }
    await using run = await here.step(
      { ...inputs, 'create-repository': true, ...more },
      { env: classicEngine(here) },
    )
    expect(run.annotations[0]?.message).toMatch(
      /^platforms: the builder default \(driver docker, classic image store\) builds one platform only\nRun docker\/setup-buildx-action/,
    )
    expect(made(here)).toBe(0)
  })

  test.each([
    ['no folder', { context: 'App' }, 'context: there is no folder App; there is app\n'],
    ['an option', { context: '-h' }, 'context: there is no folder -h\n'],
    ['no Dockerfile', {}, 'file: there is no Dockerfile in the workspace\n'],
    [
      'a Dockerfile in lower case',
      { context: 'app', file: 'docker/Dockerfile.prod' },
      'file: there is no docker/Dockerfile.prod; there is docker/dockerfile.prod\n',
    ],
    [
      'a path from the context',
      { context: 'app', file: 'Dockerfile' },
      'file: there is no Dockerfile; there is app/Dockerfile\n',
    ],
    [
      'no such stage',
      { context: 'app', target: 'nope' },
      'target: app/Dockerfile has no stage nope; it has files and final\n',
    ],
  ])('the source is found, or what is there is named: %s', async (_, inputs, expected) => {
    await using here = await imageJob(action, FILES)
    for (const more of [{ 'create-repository': true }, { 'dry-run': true }]) {
      await using run = await here.step({ repository: 'web', ...inputs, ...more })
      expect(run.annotations[0]?.message).toContain(expected)
      expect(run.annotations[0]?.message.split('\n')).toHaveLength(2)
      expect(run.summary).toContain('## ❌ web: failed')
    }
    expect(made(here)).toBe(0)
  })

  test('a git repository that cannot be reached is told as that', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await using run = await here.step({
      repository: 'web',
      context: 'https://127.0.0.1:9/octo/shop.git#main',
    })
    expect(run.annotations[0]?.message).toMatch(
      /^context: the git repository https:\/\/127\.0\.0\.1:9\/octo\/shop\.git(#main)? cannot be read: unable to access .*\nCheck the URL/,
    )
  })

  test('a folder that is called like an option is a folder', async () => {
    await using here = await imageJob(action, { '-h/Dockerfile': 'FROM scratch\nCOPY b /b\n', '-h/b': 'b' })
    await here.repository('web')
    await using run = await here.step({ repository: 'web', context: '-h' })
    expect(run.conclusion, run.log).toBe('success')
  })
})
