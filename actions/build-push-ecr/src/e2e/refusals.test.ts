import { join } from 'node:path'
import { imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { dockerWrapper } from './docker-wrapper.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

const job = (files: Record<string, string> = FILES) => imageJob(action, files)
describe.skipIf(missing !== undefined)('Docker: what is refused', () => {
  test('before anything is built: a repository that does not exist, and tags that cannot move', async () => {
    await using here = await job()
    const { env, started } = dockerWrapper(here)
    await using none = await here.step({ repository: 'web' }, { env })
    expect(none.annotations[0]?.message).toMatch(
      /^The repository web does not exist in this account \(us-east-1\)\n/,
    )
    await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
    await using moving = await here.step({ repository: 'web' }, { env })
    expect(moving.annotations[0]?.message).toMatch(
      /^tags: 42, main and latest cannot be set in web.*\nSet tags: "branch-sha\\nsha", or let main and latest move/,
    )
    expect(here.ecr.requests.all()).toEqual([])
    expect(started().filter(([, what]) => what === 'build')).toEqual([])
  })

  test('a push that fails in passing is tried again alone, from what the builder has', async () => {
    await using here = await job()
    await here.repository('web')
    const { env, started } = dockerWrapper(here)
    // BuildKit itself asks six times before it gives up.
    here.ecr.faults.inject({ operation: 'PutImage', times: 6, fault: { kind: 'throttle' } })
    const inputs = { repository: 'web', cache: 'off', pull: true, 'no-cache': true }
    await using run = await here.step(inputs, { env })
    expect(run.conclusion, run.log).toBe('success')
    expect(run.log).toContain('The push failed: pushing again')
    const [first = [], second = [], ...more] = started().filter(([, what]) => what === 'build')
    expect(more).toEqual([])
    expect(first.filter((argument) => !second.includes(argument))).toEqual(['--pull', '--no-cache'])
    expect(second.filter((argument) => !first.includes(argument))).toEqual([])
    expect(run.log.split('pushing again')[1]).toMatch(/#\d+ CACHED/)
  })

  test('a login that expired is replaced, and only the push is tried again', async () => {
    await using here = await job()
    await here.repository('web')
    const held = Promise.withResolvers<void>()
    here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault: { kind: 'hold', until: held.promise } })
    const onOutput = (line: string) => {
      if (!line.includes('pushing layers')) return
      if (here.server.calls.of('ecr', 'GetAuthorizationToken').length === 1) here.ecr.tokens.expire()
      held.resolve()
    }
    await using run = await here.step({ repository: 'web' }, { onOutput })
    expect(run.conclusion, run.log).toBe('success')
    expect(here.server.calls.of('ecr', 'GetAuthorizationToken').length).toBeGreaterThan(1)
    expect(run.log).toContain('The push was refused: pushing again with a new login')
  })

  test('the line of the Dockerfile that fails is told', async () => {
    await using here = await job({ Dockerfile: 'FROM scratch\n# ##[error]not ours\nCOPY nothing /b\n' })
    await here.repository('web')
    await using run = await here.step({ repository: 'web' })
    expect(run.annotations[0]?.message).toMatch(
      /^Dockerfile:3: COPY nothing \/b: \/nothing is not in the context\nCheck the path/,
    )
    expect(run.annotations).toHaveLength(1)
    expect(run.log).toContain('#\\#[error]not ours')
  })

  test('who may not set a lifecycle policy still gets a repository', async () => {
    await using here = await job()
    here.credentials.deny('ecr:PutLifecyclePolicy')
    await using run = await here.step({ repository: 'web', 'create-repository': true, cache: 'off' })
    expect(run.conclusion, run.log).toBe('success')
    expect(
      run.annotations.map(({ level, message }) => [level, message.includes('ecr:PutLifecyclePolicy')]),
    ).toEqual([['warning', true]])
  })

  const HEAD = 'a'.repeat(40)
  const repository = { full_name: 'octo-org/shop', default_branch: 'main' }
  const repo = { full_name: 'eve/shop', owner: { login: 'eve' } }
  const pull = { repository, pull_request: { head: { sha: HEAD, ref: 'fix', repo }, base: { ref: 'main' } } }
  const after = { event: 'pull_request', head_branch: 'fix', head_sha: HEAD, head_repository: repo }
  test.each([
    ['a push', { event: { repository }, github: { sha: HEAD } }],
    ['pull_request_target', { event: pull, github: { event_name: 'pull_request_target' } }],
    [
      'workflow_run of a pull request',
      { event: { repository, workflow_run: after }, github: { event_name: 'workflow_run' } },
    ],
  ])('another commit than the tags name is told: %s', async (_, options) => {
    await using here = await job()
    await here.repository('web')
    await using run = await here.step({ repository: 'web', 'dry-run': true }, options)
    expect(run.annotations.map(({ message }) => message)).toEqual([
      `The tags name the commit ${HEAD}, and ${here.commit} is checked out`,
    ])
  })

  test('the merge that GitHub checks out for a pull request is nothing to tell', async () => {
    await using here = await job()
    await here.repository('web')
    const github = { event_name: 'pull_request', ref: 'refs/pull/7/merge' }
    await using run = await here.step({ repository: 'web', 'dry-run': true }, { event: pull, github })
    expect(run.annotations).toEqual([])
    expect(run.outputs.tag).toBe(`eve-fix-${HEAD}`)
  })

  test('a cancelled step ends its build', async () => {
    await using here = await job()
    await here.repository('web')
    const held = Promise.withResolvers<void>()
    here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault: { kind: 'hold', until: held.promise } })
    const stop = new AbortController()
    await using run = await here.step(
      { repository: 'web' },
      { signal: stop.signal, onOutput: (line) => line.includes('pushing layers') && stop.abort() },
    )
    held.resolve()
    expect(run.conclusion).toBe('cancelled')
    expect(run.annotations[0]?.message).toContain('The step was cancelled')
  })
})
