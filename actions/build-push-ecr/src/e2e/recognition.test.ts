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

/** `sha` is the merge. */
function pullRequest(here: ImageJob, sha: string) {
  const head = { sha: here.commit, ref: 'fix', repo: { full_name: 'octo-org/shop' } }
  const event = { pull_request: { head, base: { ref: 'main' } }, repository: { default_branch: 'main' } }
  return { event, github: { event_name: 'pull_request', ref: 'refs/pull/7/merge', sha } }
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

  test('whatever labels are asked for, of which it keeps its own, and that is said', async () => {
    await using here = await job()
    await here.repository('web')
    // As docker/metadata-action makes them, with another time and version for each run.
    const labels = (version: string, time: string) =>
      ['version', 'created', 'revision', 'title']
        .map((name, at) => `org.opencontainers.image.${name}=${[version, time, here.commit, 'shop'][at]}`)
        .join('\n')
    await using one = await here.step({ ...inputs, labels: labels('main', '2026-02-01T12:00:00Z') })
    expect(one.outputs.outcome, one.log).toBe('pushed')
    await using same = await here.step({ ...inputs, labels: labels('main', '2026-02-02T12:00:00Z') })
    expect(same.outputs, same.log).toMatchObject({ outcome: 'no-change', digest: one.outputs.digest })
    expect(same.annotations).toEqual([])
    const release = { github: { ref: 'refs/tags/v1.2.3' } }
    const asked = { ...inputs, labels: labels('v1.2.3', '2026-02-02T12:00:00Z') }
    await using tagged = await here.step(asked, release)
    expect(tagged.outputs, tagged.log).toMatchObject({ outcome: 'reused', digest: one.outputs.digest })
    expect(tagged.annotations).toMatchObject([
      {
        level: 'notice',
        message:
          'The image of this commit is reused with the labels of the build before, so that org.opencontainers.image.version had no effect\nFor those of this run, set if-exists: rebuild, or build a new commit.',
      },
    ])
    await using rebuilt = await here.step({ ...asked, 'if-exists': 'rebuild' }, release)
    expect(rebuilt.outputs, rebuilt.log).toMatchObject({ outcome: 'pushed', reused: 'false' })
    const { config } = await here.images.resolve(rebuilt.outputs.uri ?? '')
    expect(config.Labels?.['org.opencontainers.image.version']).toBe('v1.2.3')
  })

  test('labels that an immutable tag cannot get any more are refused before a rebuild', async () => {
    await using here = await job()
    await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
    await using one = await here.step({ ...inputs, labels: 'team=x' })
    expect(one.outputs.outcome, one.log).toBe('pushed')
    const uploads = here.ecr.requests.all().length
    await using other = await here.step({ ...inputs, labels: 'team=y', 'if-exists': 'rebuild' })
    expect(other.annotations[0]?.message, other.log).toMatch(
      /is another image than asked for: another label team\nGive this build a tag of its own/,
    )
    expect(here.ecr.requests.all()).toHaveLength(uploads)
  })

  test('and taken although newer base images were asked for, which is said', async () => {
    await using here = await job()
    await here.repository('web')
    await here.repository('fixed', { imageTagMutability: 'IMMUTABLE' })
    const newest = { ...inputs, pull: true, 'no-cache': true }
    await using built = await here.step(newest)
    expect(built.annotations, built.log).toEqual([])
    await using again = await here.step(newest)
    expect(again.outputs, again.log).toMatchObject({ outcome: 'no-change', digest: built.outputs.digest })
    const notice =
      'The image of this commit is reused, so that pull and no-cache had no effect\nFor newer base images, '
    expect(again.annotations).toMatchObject([
      { level: 'notice', message: `${notice}set if-exists: rebuild, or build a new commit.` },
    ])
    await using rebuilt = await here.step({ ...newest, 'if-exists': 'rebuild' })
    expect(rebuilt.outputs, rebuilt.log).toMatchObject({ outcome: 'pushed', reused: 'false' })
    await using _first = await here.step({ ...inputs, repository: 'fixed' })
    await using fixed = await here.step({ ...newest, repository: 'fixed' })
    expect(fixed.annotations[0]?.message).toBe(
      `${notice}build a new commit, because the tags of this one are immutable.`,
    )
  })

  test('by the commit that was checked out: a pull request is its merge with the base', async () => {
    await using here = await job()
    await here.repository('web')
    const workspace = here.clone()
    const merged = merge(workspace)
    await using of = await here.step(inputs, { ...pullRequest(here, merged), workspace })
    expect(of.outputs, of.log).toMatchObject({ outcome: 'pushed', tag: `fix-${here.commit}` })
    expect(of.annotations).toEqual([])
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
