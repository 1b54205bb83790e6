import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageJob, withoutContainerdStore } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { checkOut, commitAt, git } from './git.fixture.ts'
import { digestOf } from './registry-state.fixture.ts'
import { change, FILES, labelsOf, messages, newRepository, plainWorkspace } from './source.fixture.ts'

const action = join(import.meta.dirname, '../..')
const TIME = '2026-02-01T12:00:00Z'
const LATER = '2026-02-01T13:00:00Z'
const missing = await withoutContainerdStore()

const job = () => imageJob(action, FILES)
describe.skipIf(missing !== undefined)('Docker: an image is of the commit that its context is of', () => {
  test('a checkout of another repository counts by its own commit', async () => {
    await using here = await job()
    await here.repository('web')
    const app = join(here.workspace, 'app')
    const one = newRepository(app, FILES, TIME)
    const inputs = { repository: 'web', context: 'app', tags: 'branch-sha\nlatest' }
    await using first = await here.step(inputs)
    expect(first.outputs.outcome, first.log).toBe('pushed')
    expect(await labelsOf(here, first)).toMatchObject({
      'ecs-release-actions.checked-out': one,
      'org.opencontainers.image.created': '2026-02-01T12:00:00.000Z',
    })
    const both = `tags: raw=\${{ github.sha }}-COMMIT, where COMMIT is the commit of the context (the output commit of its actions/checkout)`
    expect(messages(first)).toEqual([
      `warning: The tags name the commit ${here.commit}, and the context is of ${one}\nName both in place of branch-sha and sha: ${both}.`,
    ])
    await using same = await here.step(inputs)
    expect(same.outputs, same.log).toMatchObject({ outcome: 'no-change', digest: first.outputs.digest })

    change(app, 'two')
    const two = commitAt(app, LATER)
    const head = { sha: here.commit, ref: 'main', repo: { full_name: 'octo-org/shop' } }
    const event = { pull_request: { head, base: { ref: 'main' } }, repository: { default_branch: 'main' } }
    await using asked = await here.step(inputs, { event, github: { event_name: 'pull_request' } })
    expect(messages(asked).at(-1), asked.log).toContain(
      'Give this build a tag of its own in place of branch-sha and sha',
    )
    await using refused = await here.step(inputs)
    expect(refused.outputs.outcome, refused.log).toBe('failed')
    expect(messages(refused).at(-1)).toBe(
      `error: web:main-${here.commit} exists and is another image than asked for: it was built from the checkout ${one}, and this one is ${two}\nGive this build a tag of its own in place of branch-sha and sha: ${both}, or have it replaced: if-exists: rebuild.`,
    )
    const own = { ...inputs, tags: `raw=${here.commit}-${two}\nlatest` }
    await using second = await here.step(own)
    expect(second.outputs.outcome, second.log).toBe('pushed')
    expect(messages(second)).toEqual([])
    expect(await digestOf(here, 'latest')).toBe(second.outputs.digest)
    expect(second.outputs.digest).not.toBe(first.outputs.digest)
    await using again = await here.step(own)
    expect(again.outputs, again.log).toMatchObject({ outcome: 'no-change', digest: second.outputs.digest })

    checkOut(app, one)
    await using old = await here.step({ ...inputs, tags: `raw=${here.commit}-${one}\nlatest` })
    expect(messages(old), old.log).toEqual([
      `warning: The tag latest stays on ${second.outputs.digest}: its commit ${two.slice(0, 7)} of 2026-02-01T13:00:00.000Z comes after ${one.slice(0, 7)} of 2026-02-01T12:00:00.000Z in the history of the branch\nTo go back on purpose, revert in a new commit.`,
    ])
    expect(await digestOf(here, 'latest')).toBe(second.outputs.digest)
  }, 60_000)

  test('a checkout below the workspace has its time, and moves nothing back', async () => {
    await using here = await job()
    await here.repository('web')
    const workspace = plainWorkspace(here)
    const app = join(workspace, 'app')
    git(here.workspace, 'clone', '-q', here.workspace, app)
    const inputs = { repository: 'web', context: 'app' }
    await using old = await here.step(inputs, { workspace })
    expect(await labelsOf(here, old), old.log).toMatchObject({
      'ecs-release-actions.checked-out': here.commit,
      'org.opencontainers.image.created': '2023-11-14T22:13:20.000Z',
    })
    expect(messages(old)).toEqual([])
    change(app, 'two')
    const sha = commitAt(app, TIME)
    await using newer = await here.step(inputs, { workspace, github: { sha } })
    checkOut(app, here.commit)
    await using again = await here.step(inputs, { workspace })
    expect(again.outputs, again.log).toMatchObject({ outcome: 'reused', digest: old.outputs.digest })
    expect(await digestOf(here, 'latest')).toBe(newer.outputs.digest)
    expect(newer.outputs.digest).not.toBe(old.outputs.digest)
  }, 60_000)

  test('a Dockerfile that an earlier step has written counts by what it says', async () => {
    await using here = await job()
    await here.repository('web')
    const file = join(here.home, 'Dockerfile.made')
    const write = (text: string) => writeFileSync(file, `${FILES.Dockerfile}${text}`)
    const inputs = { repository: 'web', file }
    write('LABEL v=1\n')
    await using first = await here.step(inputs)
    expect(first.outputs.outcome, first.log).toBe('pushed')
    await using same = await here.step(inputs)
    expect(same.outputs, same.log).toMatchObject({ outcome: 'no-change', digest: first.outputs.digest })
    write('LABEL v=2\n')
    await using other = await here.step(inputs)
    expect(messages(other).at(-1), other.log).toContain('another image than asked for: another Dockerfile\n')
  }, 60_000)

  test('a submodule is of the commit of the repository around it', async () => {
    await using here = await job()
    await here.repository('web')
    const library = join(here.home, '..', 'library')
    newRepository(library, FILES, LATER)
    git(here.workspace, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'app')
    const sha = commitAt(here.workspace, TIME)
    await using run = await here.step({ repository: 'web', context: 'app' }, { github: { sha } })
    expect(await labelsOf(here, run), run.log).toMatchObject({
      'ecs-release-actions.checked-out': sha,
      'org.opencontainers.image.created': '2026-02-01T12:00:00.000Z',
    })
    expect(messages(run)).toEqual([])
    // It bears an earlier time, and only the history of that repository shows that it comes after.
    const child = commitAt(here.workspace, '2026-02-01T11:50:00Z')
    await using next = await here.step({ repository: 'web', context: 'app' }, { github: { sha: child } })
    expect(messages(next), next.log).toEqual([])
    expect(await digestOf(here, 'latest')).toBe(next.outputs.digest)
    expect(next.outputs.digest).not.toBe(run.outputs.digest)
  }, 60_000)

  test('files of no commit are built again, and it is said that moving tags have no protection', async () => {
    await using here = await job()
    await here.repository('web')
    const workspace = plainWorkspace(here)
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(workspace, name), text)
    await using first = await here.step({ repository: 'web' }, { workspace })
    const noTime =
      'warning: No time of a commit is known here, so that main and latest move to this image even from one of a newer commit\nHave actions/checkout make a git checkout (in a container job, of an image that has git), or set SOURCE_DATE_EPOCH.'
    expect(messages(first), first.log).toEqual([noTime])
    const env = { ...here.env, SOURCE_DATE_EPOCH: '0' }
    await using timed = await here.step({ repository: 'web', 'dry-run': true }, { workspace, env })
    expect(messages(timed), timed.log).toEqual([])
    change(workspace, 'two')
    await using dry = await here.step({ repository: 'web', 'dry-run': true }, { workspace })
    expect(dry.outputs.message).toMatch(/^Dry run: would build and push /)
    await using second = await here.step({ repository: 'web' }, { workspace })
    expect(messages(second), second.log).toEqual([
      noTime,
      `notice: web:main-${here.commit} is built anew, because no commit says whether it is of the same files\nAn image is reused where context (.) is in a git checkout, and file is no URL.`,
    ])
    expect(second.outputs).toMatchObject({ outcome: 'pushed', reused: 'false' })
    expect(second.outputs.digest).not.toBe(first.outputs.digest)
    for (const tag of [`main-${here.commit}`, here.commit.slice(0, 7), 'main', 'latest'])
      expect(await digestOf(here, tag)).toBe(second.outputs.digest)
  }, 60_000)

  test('where tags are immutable, files of no commit are not taken for those of one, nor the other way round', async () => {
    await using here = await job()
    const immutable = { imageTagMutability: 'IMMUTABLE' } as const
    await here.repository('web', immutable)
    await here.repository('plain', immutable)
    const workspace = plainWorkspace(here)
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(workspace, name), text)
    const inputs = { repository: 'web', tags: 'branch-sha' }
    await using known = await here.step(inputs)
    expect(known.outputs.outcome, known.log).toBe('pushed')
    await using unknown = await here.step(inputs, { workspace })
    expect(messages(unknown), unknown.log).toEqual([
      `error: web:main-${here.commit} exists and is another image than asked for: it was built from the checkout ${here.commit}, and this one is of no known commit\nIt was not taken for this one, because no commit says what is built: have the context be a git checkout, or a URL with a full commit, or give tags one line raw=TEXT in place of branch-sha and sha.`,
    ])
    const plain = { ...inputs, repository: 'plain' }
    await using first = await here.step(plain, { workspace })
    expect(first.outputs.outcome, first.log).toBe('pushed')
    await using second = await here.step(plain)
    expect(messages(second), second.log).toEqual([
      `error: plain:main-${here.commit} exists and is another image than asked for: it was built from the checkout of no known commit, and this one is ${here.commit}\nGive this build a tag of its own in place of branch-sha and sha: tags: raw=other-${here.commit.slice(0, 7)}.`,
    ])
  }, 60_000)
})
