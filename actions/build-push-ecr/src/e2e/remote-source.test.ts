import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageJob, withoutContainerdStore } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { commitAt } from './git.fixture.ts'
import { digestOf } from './registry-state.fixture.ts'
import { servedFolder, servedRepository } from './served.fixture.ts'
import { change, FILES, labelsOf, messages, plainWorkspace } from './source.fixture.ts'

const action = join(import.meta.dirname, '../..')
const TIME = '2026-02-01T12:00:00Z'
const missing = await withoutContainerdStore()

const job = () => imageJob(action, FILES)

describe.skipIf(missing !== undefined)('Docker: a source that the builder fetches', () => {
  test('what a URL brings is built again, because it may have changed', async () => {
    await using here = await job()
    await here.repository('web')
    await using served = await servedFolder(here.workspace)
    const inputs = { repository: 'web', context: served.tarball }
    await using first = await here.step(inputs)
    expect(first.outputs.outcome, first.log).toBe('pushed')
    change(here.workspace, 'two')
    await using second = await here.step(inputs)
    expect(second.outputs.outcome, second.log).toBe('pushed')
    expect(second.outputs.digest).not.toBe(first.outputs.digest)
    expect(await digestOf(here, 'latest')).toBe(second.outputs.digest)
    expect(messages(second)).toEqual([
      `notice: web:main-${here.commit} is built anew, because no commit says whether it is of the same files\nAn image is reused where the URL of the context is that of a git repository and names a full commit (#COMMIT).`,
    ])
  }, 60_000)

  test('so is what a Dockerfile behind a URL says', async () => {
    await using here = await job()
    await here.repository('web')
    const elsewhere = plainWorkspace(here)
    writeFileSync(join(elsewhere, 'Dockerfile'), FILES.Dockerfile)
    await using served = await servedFolder(elsewhere)
    const inputs = { repository: 'web', file: `${served.url}/Dockerfile` }
    await using first = await here.step(inputs)
    expect(first.outputs.outcome, first.log).toBe('pushed')
    writeFileSync(join(elsewhere, 'Dockerfile'), 'FROM scratch\nCOPY b /c\n')
    await using second = await here.step(inputs)
    expect(second.outputs, second.log).toMatchObject({ outcome: 'pushed', reused: 'false' })
    expect(second.outputs.digest).not.toBe(first.outputs.digest)
    expect(messages(second)).toEqual([
      `notice: web:main-${here.commit} is built anew, because no commit says whether it is of the same files\nAn image is reused where context (.) is in a git checkout, and file is no URL.`,
    ])
  }, 60_000)

  test('where tags are immutable, what a URL brings by then is refused', async () => {
    await using here = await job()
    await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
    await using served = await servedFolder(here.workspace)
    const inputs = { repository: 'web', context: served.tarball, tags: 'branch-sha' }
    await using first = await here.step(inputs)
    expect(first.outputs.outcome, first.log).toBe('pushed')
    change(here.workspace, 'two')
    await using second = await here.step(inputs)
    const anew = `warning: web:main-${here.commit} is immutable and is built anew, because no commit says whether it is of the same files: unless the image turns out the same, it will be refused\nAn image is reused where`
    expect(messages(second)[0], second.log).toContain(anew)
    expect(messages(second).at(-1)).toBe(
      `error: The tag main-${here.commit} of web exists and is immutable, and this build made another image\nIt was not taken for this one, because no commit says what is built: have the context be a git checkout, or a URL with a full commit, or give tags one line raw=TEXT in place of branch-sha and sha.`,
    )
  }, 60_000)

  test('a URL with a full commit is known, and one with a branch is not', async () => {
    await using here = await job()
    await here.repository('web')
    await using served = await servedRepository(here.workspace)
    const inputs = { repository: 'web', context: `${served.url}#${here.commit}` }
    await using first = await here.step(inputs)
    expect(first.outputs.outcome, first.log).toBe('pushed')
    expect(await labelsOf(here, first)).toMatchObject({ 'ecs-release-actions.checked-out': here.commit })
    await using same = await here.step(inputs)
    expect(same.outputs, same.log).toMatchObject({ outcome: 'no-change', digest: first.outputs.digest })
    change(here.workspace, 'two')
    commitAt(here.workspace, TIME)
    const branch = { ...inputs, context: `${served.url}#main` }
    await using main = await here.step(branch)
    expect(main.outputs, main.log).toMatchObject({ outcome: 'pushed', reused: 'false' })
    expect(main.outputs.digest).not.toBe(first.outputs.digest)
  }, 60_000)
})
