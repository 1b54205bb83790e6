import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../repository.ts'
import { suite } from '../suite.ts'
import { documentedWorkflows } from './documented.ts'
import { jobsOf } from './workflow-files.fixture.ts'

type Permissions = Readonly<Record<string, string>>
interface Caller {
  permissions?: Permissions
  jobs: Record<string, { permissions?: Permissions; uses?: string }>
}

const folder = join(root, '.github/workflows')
const own = readdirSync(folder).map((name) => ({
  where: name,
  text: readFileSync(join(folder, name), 'utf8'),
}))

/** Every call of a reusable workflow of the suite, with what its caller grants. */
const calls = [...own, ...documentedWorkflows()].flatMap(({ text, where }) => {
  const { jobs, permissions }: Caller = parse(text)
  return Object.entries(jobs).flatMap(([job, { permissions: ofJob, uses = '' }]) => {
    const [, called] = /\.github\/workflows\/([\w-]+)\.yml(@v1)?$/.exec(uses) ?? []
    const ours = uses.startsWith(`${suite}/`) || uses.startsWith('./')
    return called && ours ? [{ where, job, called, granted: ofJob ?? permissions ?? {} }] : []
  })
})

const ranks = ['none', 'read', 'write']
const rank = (right = 'none'): number => ranks.indexOf(right)

/** The rights that a caller lacks, as GitHub compares them before any job, those that an `if` would skip included. */
const lacking = (called: string, granted: Permissions): string[] =>
  Object.entries(jobsOf(called)).flatMap(([job, { permissions }]) =>
    Object.entries(permissions)
      .filter(([scope, right]) => rank(right) > rank(granted[scope]))
      .map(([scope, right]) => `${job} asks for ${scope}: ${right}`),
  )

// Source: GitHub, "Reusing workflow configurations": permissions can only be kept or lowered on the way down.
test.each(calls)('$where, job $job: grants what the workflow $called asks for', ({ called, granted }) => {
  expect(lacking(called, granted)).toEqual([])
})

test('a caller that may only read the source cannot call build.yml, whatever its inputs', () => {
  expect(lacking('build', { contents: 'read' })).toEqual(['image asks for id-token: write'])
  expect(calls.length).toBeGreaterThan(10)
})

test('what the guide shows for pull requests has no right but to read the source', () => {
  const [found] = documentedWorkflows().filter(({ text }) => /^on: pull_request$/m.test(text))
  const { jobs, permissions }: Caller = parse(found?.text ?? '')
  expect(permissions).toEqual({})
  expect(Object.values(jobs).map((job) => job.permissions)).toEqual([{ contents: 'read' }])
})
