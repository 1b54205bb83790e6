import { readFileSync } from 'node:fs'
import { newSummary } from '@ecs-release/core/action'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { concluded } from './conclude.ts'
import type { Finished } from './finish.ts'
import { newReport, outputsOf, type Report } from './report.ts'
import { summarize } from './summary.ts'

const digest = `sha256:${'0a'.repeat(32)}`
const plan = { repository: { name: 'web' }, tags: { first: 'main-1', tags: [], skipped: [] } }
const report: Report = { ...newReport(plan, 'registry.test/web'), digest }
const finished: Finished = {
  image: { platforms: [], size: 50_600_000 },
  tags: [{ tag: 'main-1', state: 'pushed' }],
  judgement: undefined,
  failure: undefined,
}

test('the outputs are those of action.yml', () => {
  const action = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'))
  expect(Object.keys(outputsOf(report)).toSorted()).toEqual(Object.keys(action.outputs).toSorted())
})

test.each<[string, Partial<Report>, Partial<Finished>, Report['outcome'], string]>([
  ['one tag', {}, {}, 'pushed', `Pushed web:main-1 as ${digest} with 1 tag`],
  [
    'a reused image that gets a tag',
    { reused: true },
    { tags: [...finished.tags, { tag: 'latest', state: 'moved' }] },
    'reused',
    `Reused web:main-1 as ${digest} with 2 tags`,
  ],
  [
    'a tag that stays on another image',
    { reused: true },
    {
      tags: [
        { tag: 'main-1', state: 'unchanged' },
        { tag: 'latest', state: 'left' },
      ],
    },
    'no-change',
    `Reused web:main-1 as ${digest} with 1 tag`,
  ],
  [
    'nothing to do',
    { reused: true },
    { tags: [{ tag: 'main-1', state: 'unchanged' }] },
    'no-change',
    `Reused web:main-1 as ${digest} with 1 tag`,
  ],
  [
    'a tag that is blocked',
    {},
    { failure: { message: 'The tag latest is blocked', hint: 'Leave it out.', finding: undefined } },
    'failed',
    'The tag latest is blocked',
  ],
])('%s', (_, before, ending, outcome, message) => {
  const ended = concluded(plan, { ...report, ...before }, { ...finished, ...ending })
  expect(outputsOf(ended)).toMatchObject({ outcome, message, findings: '[]' })
})

test('the page names the repository, how it ended, and what to do', () => {
  const page = (ending: Partial<Finished>) => {
    const summary = newSummary()
    summarize(summary, { ...concluded(plan, report, { ...finished, ...ending }) })
    return summary.markdown()
  }
  expect(page({})).toMatch(/^## ✅ web: pushed\n\nPushed web:main-1/)
  expect(page({})).toContain('| Size | 50.6 MB compressed |')
  const failure = { message: 'The tag latest is blocked', hint: 'Leave it out.', finding: undefined }
  expect(page({ failure })).toMatch(/^## ❌ web: failed\n\nThe tag latest is blocked\n\nLeave it out\.\n/)
})
