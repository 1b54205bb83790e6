import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { git } from './git.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = {
  Dockerfile: 'FROM scratch AS files\nARG V\nLABEL v=$V\nCOPY b /b\nFROM files AS final\n',
  b: 'b',
}
const missing = await withoutDocker()

const job = () => imageJob(action, FILES)
const inputs = { repository: 'web', tags: 'branch-sha\nsha' }

/** A commit that GitHub checks out for a pull request: the head, merged with what the base has got meanwhile. */
function merge(workspace: string): string {
  git(workspace, 'checkout', '-q', '--detach')
  git(workspace, 'commit', '-q', '--allow-empty', '-m', 'Merge fix into main')
  return git(workspace, 'rev-parse', 'HEAD')
}

async function pullRequest(here: ImageJob) {
  const head = { sha: here.commit, ref: 'fix', repo: { full_name: 'octo-org/shop' } }
  const event = { pull_request: { head, base: { ref: 'main' } }, repository: { default_branch: 'main' } }
  return { event, github: { event_name: 'pull_request', ref: 'refs/pull/7/merge' } }
}

describe.skipIf(missing !== undefined)('Docker: an image is recognised', () => {
  test('by the value of a build argument that is given by its name', async () => {
    await using here = await job()
    await here.repository('web')
    const step = (V: string | undefined) =>
      here.step({ ...inputs, 'build-args': 'V' }, { env: { ...here.env, ...(V === undefined ? {} : { V }) } })
    await using one = await step('one')
    expect(one.conclusion, one.log).toBe('success')
    const { config } = await here.images.resolve(one.outputs.uri ?? '')
    expect(config.Labels?.v).toBe('one')
    await using two = await step('two')
    expect(two.annotations[0]?.message).toMatch(/is another image than asked for: another build-args\n/)
    await using again = await step('one')
    expect(again.outputs).toMatchObject({ outcome: 'no-change', digest: one.outputs.digest })
    await using none = await step(undefined)
    expect(none.annotations[0]?.message).toBe(
      'build-args: the environment has no V\nGive it to the step: env: { V: … }.',
    )
  })

  test('by its extra arguments, of which none may stand for an input', async () => {
    await using here = await job()
    await here.repository('web')
    await using one = await here.step(inputs)
    await using other = await here.step({ ...inputs, 'extra-args': '--add-host=db:127.0.0.1' })
    expect(other.annotations[0]?.message).toMatch(/another extra-args\n/)
    const sneaking = ['--target=files', `-t${here.ecr.host}/web:sneak`].join('\n')
    await using refused = await here.step({ ...inputs, 'extra-args': sneaking })
    expect(refused.annotations[0]?.message).toBe(
      [
        '2 problems with the inputs:',
        'extra-args: line 1: --target is not taken here: use the input target',
        'extra-args: line 2: -t is not taken here: use the input tags',
      ].join('\n'),
    )
    expect(here.images.repositories.get('web')?.tags.has('sneak')).toBe(false)
    expect(one.outputs.outcome).toBe('pushed')
  })

  test('by the commit that was checked out: a pull request is its merge with the base', async () => {
    await using here = await job()
    await here.repository('web')
    const workspace = here.clone()
    const merged = merge(workspace)
    await using of = await here.step(inputs, { ...(await pullRequest(here)), workspace })
    expect(of.outputs, of.log).toMatchObject({ outcome: 'pushed', tag: `fix-${here.commit}` })
    const github = { ref: 'refs/heads/fix' }
    await using pushed = await here.step(inputs, { github })
    expect(pushed.annotations[0]?.message).toBe(
      [
        `web:fix-${here.commit} exists and is another image than asked for: it was built from the checkout ${merged}, and this one is ${here.commit}`,
        `A pull request is built from its merge with the base: give actions/checkout ref: \${{ github.event.pull_request.head.sha }}, or give this build a tag of its own in place of branch-sha and sha: tags: raw=other-${here.commit.slice(0, 7)}, or have it replaced: if-exists: rebuild.`,
      ].join('\n'),
    )
    await using own = await here.step({ ...inputs, tags: `raw=other-${here.commit.slice(0, 7)}` }, { github })
    expect(own.outputs.outcome, own.log).toBe('pushed')
  })
})
