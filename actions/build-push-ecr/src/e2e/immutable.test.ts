import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

const job = () => imageJob(action, FILES)
const fixed = { repository: 'web', tags: 'branch-sha\nsha' }
const immutable = { imageTagMutability: 'IMMUTABLE' } as const

/** Another checkout, in which an earlier step of the job has made `b` with the time in it, so that the image is another one. */
function anew(here: ImageJob, inputs: Record<string, string | boolean> = {}) {
  const workspace = here.clone()
  writeFileSync(join(workspace, 'b'), randomUUID())
  return here.step({ ...fixed, ...inputs }, { workspace })
}

describe.skipIf(missing !== undefined)('Docker: where tags are immutable', () => {
  test('ten jobs that build one commit at once all end with the image of the first', async () => {
    await using here = await job()
    await here.repository('web', {
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest' }],
    })
    // None sees the tag before its build: all have looked when the first one pushes.
    const looked = Promise.withResolvers<void>()
    here.ecr.faults.inject({
      operation: 'PutImage',
      times: 10,
      fault: { kind: 'hold', until: looked.promise },
    })
    const tags = 'branch-sha\nsha\nlatest'
    const jobs = Array.from({ length: 10 }, () => anew(here, { tags }))
    const asked = () =>
      here.server.calls
        .of('ecr', 'BatchGetImage')
        .filter(({ input, outcome }) => input.repositoryName === 'web' && outcome === 'ok').length
    await expect.poll(asked, { timeout: 60_000 }).toBe(10)
    looked.resolve()
    const runs = await Promise.all(jobs)
    for (const run of runs) expect(run.conclusion, run.log).toBe('success')
    expect(new Set(runs.map(({ outputs }) => outputs.digest)).size).toBe(1)
    expect(runs.filter(({ outputs }) => outputs.reused === 'false')).toHaveLength(1)
    expect(runs.filter(({ log }) => log.includes('Another job has pushed'))).toHaveLength(9)
  }, 180_000)

  test('a run whose jobs are all run again has nothing to do, with the run number among its tags', async () => {
    await using here = await job()
    await here.repository('web', {
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: ['latest', 'main'].map((filter) => ({
        filterType: 'WILDCARD',
        filter,
      })),
    })
    const github = { run_number: '42' }
    await using first = await here.step({ repository: 'web' }, { github })
    expect(JSON.parse(first.outputs.tags ?? ''), first.log).toHaveLength(5)
    await using again = await here.step({ repository: 'web' }, { github })
    expect(again.outputs, again.log).toMatchObject({ outcome: 'no-change', digest: first.outputs.digest })
    expect(again.annotations).toEqual([])
    await using other = await here.step({ repository: 'web', tags: 'raw=other\nrun-number' }, { github })
    expect(other.annotations[0]?.message).toBe(
      'tags: 42 cannot be set in web, whose tags are immutable (IMMUTABLE_WITH_EXCLUSION): it moves from image to image\nSet tags: raw=other: a number names one run, and this one is taken.',
    )
  })

  test('a job that meets another image of the commit says in what it differs', async () => {
    await using here = await job()
    await here.repository('web', immutable)
    const held = Promise.withResolvers<void>()
    here.ecr.faults.inject({ operation: 'PutImage', nth: 1, fault: { kind: 'hold', until: held.promise } })
    const slow = anew(here, { 'build-args': 'A=slow' })
    await expect.poll(() => here.ecr.requests.of('PutImage').length, { timeout: 60_000 }).toBe(1)
    await using quick = await anew(here)
    held.resolve()
    await using late = await slow
    expect(quick.outputs.outcome, quick.log).toBe('pushed')
    expect(late.annotations[0]?.message).toMatch(/is another image than asked for: another build-args\n/)
  })

  test('the remedies can be copied, and work', async () => {
    await using here = await job()
    await here.repository('web', immutable)
    await using moving = await here.step({ repository: 'web' })
    const hint = moving.annotations[0]?.message.split('\n')[1] ?? ''
    const { tags } = parse(/^Set (tags: ".*?"),/.exec(hint)?.[1] ?? '')
    expect(tags).toBe('branch-sha\nsha')
    expect(hint).toContain('with filters for main and latest and leave run-number out of tags')
    await using fewer = await here.step({ repository: 'web', tags })
    expect(fewer.outputs.outcome, fewer.log).toBe('pushed')

    await using other = await here.step({ repository: 'web', tags, 'build-args': 'A=b' })
    const advice = other.annotations[0]?.message.split('\n')[1] ?? ''
    expect(advice).not.toContain('rebuild')
    const own = /(tags: raw=\S+[^.])\.$/.exec(advice)?.[1] ?? ''
    await using apart = await here.step({ repository: 'web', 'build-args': 'A=b', ...parse(own) })
    expect(apart.outputs.outcome, apart.log).toBe('pushed')
  })

  test('a rebuild, and a tag of one’s own that is taken, are told what works', async () => {
    await using here = await job()
    await here.repository('web', immutable)
    await using first = await anew(here, { tags: 'branch-sha\nraw=v1' })
    expect(first.conclusion, first.log).toBe('success')
    await using rebuilt = await anew(here, { 'if-exists': 'rebuild' })
    expect(rebuilt.annotations[0]?.message).toMatch(
      /exists and is immutable, and this build made another image\nAn immutable tag cannot be pushed anew: leave out if-exists/,
    )
    const uploads = here.ecr.requests.all().length
    await using taken = await here.step(
      { repository: 'web', tags: 'branch-sha\nraw=v1', 'build-args': 'A=b' },
      { github: { ref: 'refs/heads/dev' } },
    )
    expect(taken.annotations[0]?.message).toBe(
      'web:v1 exists and is another image than asked for: another build-args\nSet tags: branch-sha, which leaves out v1.',
    )
    expect(here.ecr.requests.all()).toHaveLength(uploads)
    await using again = await here.step({ repository: 'web', tags: 'branch-sha\nraw=v1' })
    expect(again.outputs.outcome, again.log).toBe('no-change')
  })
})
