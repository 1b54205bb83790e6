import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { checkOut, commitAt, git } from './git.fixture.ts'
import { summaryRows } from './summary-table.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()
const INPUTS = { repository: 'web', cache: 'off' }
const LATER = '2026-02-01T12:00:00Z'

const tagsOf = ({ images }: ImageJob) => images.repositories.get('web')?.tags

describe.skipIf(missing !== undefined)('Docker: an older commit', () => {
  test('that is built again leaves latest and its branch where they are, and says so', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await using old = await here.step(INPUTS)
    const sha = commitAt(here.workspace, LATER)
    await using newer = await here.step(INPUTS, { github: { sha } })
    expect(tagsOf(here)?.get('latest')).toBe(newer.outputs.digest)

    checkOut(here.workspace, here.commit)
    await using again = await here.step(INPUTS)
    expect(again.outputs, again.log).toMatchObject({ outcome: 'reused', digest: old.outputs.digest })
    const text = (tag: string) =>
      `The tag ${tag} stays on ${newer.outputs.digest}: its commit ${sha.slice(0, 7)} of 2026-02-01T12:00:00.000Z comes after ${here.commit.slice(0, 7)} of 2023-11-14T22:13:20.000Z in the history of the branch\nTo go back on purpose, revert in a new commit.`
    expect(again.annotations.map(({ level, message }) => [level, message])).toEqual([
      ['warning', text('main')],
      ['warning', text('latest')],
    ])
    expect(summaryRows(again.summary)).toMatchObject({ 'Tags left on another image': 'main, latest' })
    expect(JSON.parse(again.outputs.tags ?? '')).not.toContain('latest')
    const { digest } = newer.outputs
    expect([tagsOf(here)?.get('main'), tagsOf(here)?.get('latest')]).toEqual([digest, digest])
  })

  test.each([
    ['off', {}],
    ['wait', { scan: 'wait' }],
  ])(
    'whose build ends later does not move latest back (scan: %s)',
    async (_, inputs) => {
      await using here = await imageJob(action, FILES)
      await here.repository('web', { imageScanningConfiguration: { scanOnPush: true } })
      const workspace = here.clone()
      const sha = commitAt(workspace, LATER)
      const held = Promise.withResolvers<void>()
      using _slow = here.ecr.faults.inject({
        operation: 'PutImage',
        nth: 1,
        fault: { kind: 'hold', until: held.promise },
      })
      const slow = here.step({ ...INPUTS, ...inputs })
      await expect.poll(() => here.ecr.requests.of('PutImage').length, { timeout: 60_000 }).toBe(1)
      await using quick = await here.step(INPUTS, { workspace, github: { sha } })
      expect(quick.conclusion, quick.log).toBe('success')
      held.resolve()
      await using late = await slow
      expect(late.outputs.outcome, late.log).toBe('pushed')
      expect(late.annotations.map(({ level }) => level)).toEqual(['warning', 'warning'])
      expect(tagsOf(here)?.get('latest')).toBe(quick.outputs.digest)
      expect(tagsOf(here)?.get(`main-${here.commit}`)).toBe(late.outputs.digest)
    },
    120_000,
  )

  test('a child with an earlier time becomes latest where git knows both, and the times are named where it does not', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    const parent = commitAt(here.workspace, LATER)
    await using first = await here.step(INPUTS, { github: { sha: parent } })
    expect(tagsOf(here)?.get('latest'), first.log).toBe(first.outputs.digest)
    const child = commitAt(here.workspace, '2026-02-01T11:50:00Z')
    // As actions/checkout makes it by default: with one commit and no other.
    const shallow = join(here.workspace, '..', 'shallow')
    git(here.workspace, 'clone', '-q', '--depth=1', `file://${here.workspace}`, shallow)
    await using unsure = await here.step(INPUTS, { workspace: shallow, github: { sha: child } })
    expect(unsure.annotations.map(({ message }) => message)).toEqual(
      ['main', 'latest'].map(
        (tag) =>
          `The tag ${tag} stays on ${first.outputs.digest}: its commit ${parent.slice(0, 7)} of 2026-02-01T12:00:00.000Z bears a later time than ${child.slice(0, 7)} of 2026-02-01T11:50:00.000Z, and the clone does not show which of them comes first\nWhere the times are wrong, have actions/checkout fetch the history (fetch-depth: 0), which decides then. To go back on purpose, revert in a new commit.`,
      ),
    )
    await using sure = await here.step(INPUTS, { github: { sha: child } })
    expect(sure.annotations, sure.log).toEqual([])
    expect(tagsOf(here)?.get('latest')).toBe(unsure.outputs.digest)
    expect(unsure.outputs.digest).not.toBe(first.outputs.digest)
  }, 60_000)

  test('a run again after a closed gate moves the tags', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await using old = await here.step(INPUTS)
    expect(old.conclusion, old.log).toBe('success')
    const sha = commitAt(here.workspace, LATER)
    here.ecr.scans.expect({ findings: [{ name: 'CVE-2026-0001', severity: 'HIGH' }] })
    const scanned = { ...INPUTS, scan: 'wait' }
    await using closed = await here.step(scanned, { github: { sha } })
    expect(closed.outputs.outcome, closed.log).toBe('failed')
    expect(tagsOf(here)?.get('latest')).toBe(old.outputs.digest)
    await using open = await here.step({ ...scanned, 'fail-on-severity': 'critical' }, { github: { sha } })
    expect(open.outputs, open.log).toMatchObject({ outcome: 'reused', digest: closed.outputs.digest })
    expect(open.annotations).toEqual([])
    expect(tagsOf(here)?.get('latest')).toBe(closed.outputs.digest)
  }, 60_000)
})
