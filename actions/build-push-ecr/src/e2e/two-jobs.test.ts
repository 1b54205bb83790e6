import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { dockerEnded } from './docker.fixture.ts'
import { heldBuild } from './docker-wrapper.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

/** Job B from its start to its end, and a logout as other actions do it when they end. */
async function anotherJob(here: ImageJob, tag: string): Promise<void> {
  await using run = await here.step({ repository: 'web', cache: 'off', tags: `raw=${tag}` })
  expect(run.conclusion, run.log).toBe('success')
  expect(await dockerEnded(here, ['logout', here.ecr.host])).toMatchObject({ exitCode: 0 })
}

describe.skipIf(missing !== undefined)('Docker: two jobs on one machine', () => {
  test('the end of one logs the other out neither before it builds nor before it pushes', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    const build = heldBuild(here)
    const first = here.step({ repository: 'web', cache: 'off', tags: 'raw=a' }, { env: build.env })
    await build.held()
    // Docker has not looked for a login yet.
    await anotherJob(here, 'b')

    const push = Promise.withResolvers<void>()
    const seen = here.ecr.requests.all().length
    // Of the layer and of the configuration: both are asked for at once, without a login at first.
    const hold = { kind: 'hold', until: push.promise } as const
    using asked = here.ecr.faults.inject({ times: 2, fault: hold })
    build.go()
    await expect.poll(() => asked.hits, { timeout: 30_000 }).toBe(2)
    await anotherJob(here, 'c')
    push.resolve()
    await using run = await first
    expect(run.conclusion, run.log).toBe('success')
    // They were the first of the push, and the login came after them.
    const held = here.ecr.requests.all().slice(seen, seen + 2)
    expect(held.map(({ outcome }) => outcome)).toEqual([401, 401])
  })

  test('with a shared configuration the end of one does log the other out', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    const { username, password } = here.ecr.login()
    const login = ['login', '--username', username, '--password-stdin', here.ecr.host]
    expect(await dockerEnded(here, login, password)).toMatchObject({ exitCode: 0 })
    const build = heldBuild(here)
    const args = ['buildx', 'build', '--push', `--tag=${here.ecr.host}/web:a`, here.workspace]
    const first = dockerEnded(build, args)
    await build.held()
    await dockerEnded(here, ['logout', here.ecr.host])
    build.go()
    expect(await first).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/401 Unauthorized|no basic auth credentials/),
    })
  })
})
