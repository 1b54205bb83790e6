import type { RefFacts } from '@ecs-release/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Strategy, TAG_FORM } from '../input-forms.ts'
import { planTags } from './plan.ts'

const commit = '467d8dfff9fc5ed7d77783b8f6bd87c0e0fed10e'
const all: Strategy[] = [
  { kind: 'branch-sha' },
  { kind: 'sha' },
  { kind: 'latest' },
  { kind: 'run-number' },
  { kind: 'branch' },
]
const push: RefFacts = {
  event: 'push',
  commit,
  ref: { kind: 'branch', name: 'main' },
  pullRequest: false,
  fork: undefined,
  base: undefined,
  defaultBranch: 'main',
  repository: 'octo-org/shop',
  runNumber: '42',
}
const tagsOf = (facts: Partial<RefFacts>, strategies = all, latestBranch?: string) =>
  planTags(strategies, { ...push, ...facts }, latestBranch).tags.map(({ tag }) => tag)

test('on the default branch all five are set, fixed ones first and latest last', () => {
  const plan = planTags(all, push, undefined)
  expect(plan.tags).toEqual([
    { tag: `main-${commit}`, strategy: 'branch-sha', moving: false },
    { tag: '467d8df', strategy: 'sha', moving: false },
    { tag: '42', strategy: 'run-number', moving: true },
    { tag: 'main', strategy: 'branch', moving: true },
    { tag: 'latest', strategy: 'latest', moving: true },
  ])
  expect(plan).toMatchObject({ first: `main-${commit}`, skipped: [] })
})

test('a tag of one’s own is fixed, and the same tag is set once', () => {
  const strategies: Strategy[] = [{ kind: 'latest' }, { kind: 'raw', tag: 'main' }, { kind: 'branch' }]
  expect(planTags(strategies, push, undefined)).toMatchObject({
    first: 'main',
    tags: [
      { tag: 'main', strategy: 'raw' },
      { tag: 'latest', strategy: 'latest' },
    ],
  })
})

describe('latest', () => {
  test.each<[string, Partial<RefFacts>, string | undefined, boolean]>([
    ['the default branch', {}, undefined, true],
    ['another branch', { ref: { kind: 'branch', name: 'dev' } }, undefined, false],
    ['a branch of one’s choice', { ref: { kind: 'branch', name: 'dev' } }, 'dev', true],
    ['a git tag of the default branch’s name', { ref: { kind: 'tag', name: 'main' } }, undefined, false],
    ['a pull request from a branch called main', { pullRequest: true }, undefined, false],
    ['a fork', { fork: 'eve' }, undefined, false],
    ['an unknown default branch', { defaultBranch: undefined }, undefined, false],
    ['a branch called latest', { ref: { kind: 'branch', name: 'latest' } }, undefined, false],
  ])('%s', (_, facts, latestBranch, set) => {
    expect(tagsOf(facts, all, latestBranch).includes('latest')).toBe(set)
  })
})

test.each([
  ['latest', /^latest\.[0-9a-f]{8}$/],
  ['1234', /^1234\.[0-9a-f]{8}$/],
  ['467d8df', /^467d8df\.[0-9a-f]{8}$/],
  [`main-${commit}`, /^main-467d8dfff9fc5ed7d77783b8f6bd87c0e0fed10e\.[0-9a-f]{8}$/],
])('a branch called %s does not take the tag of another strategy', (name, expected) => {
  expect(tagsOf({ ref: { kind: 'branch', name } }, [{ kind: 'sha' }, { kind: 'branch' }])[1]).toMatch(
    expected,
  )
})

test('a long branch is cut and keeps the whole commit', () => {
  const tag = tagsOf({ ref: { kind: 'branch', name: 'a'.repeat(140) } })[0]
  expect(tag).toMatch(new RegExp(`^a{78}\\.[0-9a-f]{8}-${commit}$`))
  expect(tag).toHaveLength(128)
})

test('a fork’s branch has its owner in front, and takes no tag of a branch or a commit here', () => {
  const fork: RefFacts = {
    ...push,
    fork: 'release',
    pullRequest: true,
    ref: { kind: 'branch', name: 'prod' },
  }
  const plan = planTags(all, fork, undefined)
  expect(plan.tags.map(({ tag }) => tag)).toEqual([
    `release-prod-${commit}`,
    '42',
    expect.stringMatching(/^release-prod\.[0-9a-f]{8}$/),
  ])
  expect(plan.skipped).toEqual([
    'sha: never set from a fork',
    'latest: never set from a pull request or a fork',
  ])
})

test('no branch and no git tag here has the moving tag of a fork, nor have two forks the same', () => {
  const moving = (kind: 'branch' | 'tag', name: string, fork?: string) =>
    tagsOf({ ref: { kind, name }, fork }, [{ kind: 'raw', tag: 'x' }, { kind: 'branch' }])[1] ?? ''
  const owner = fc.stringMatching(/^[a-z0-9]{1,4}(-[a-z0-9]{1,4})?$/)
  const name = fc.oneof(fc.constantFrom('main', 'prod', 'v1.2.3'), fc.string({ minLength: 1, maxLength: 20 }))
  fc.assert(
    fc.property(owner, name, owner, name, (one, branch, other, another) => {
      const theirs = moving('branch', branch, one)
      expect(theirs).toMatch(TAG_FORM)
      for (const text of [branch, `${one}-${branch}`, `${one}/${branch}`, theirs]) {
        expect(moving('branch', text)).not.toBe(theirs)
        expect(moving('tag', text)).not.toBe(theirs)
      }
      if (one !== other || branch !== another) expect(moving('branch', another, other)).not.toBe(theirs)
    }),
  )
})

test.each([
  ['v1.2.3', /^v1\.2\.3$/],
  ['1.2.3-rc.1', /^1\.2\.3-rc\.1$/],
  ['2026-01-31', /^2026-01-31$/],
  ['main', /^main\.[0-9a-f]{8}$/],
  ['latest', /^latest\.[0-9a-f]{8}$/],
  ['42', /^42\.[0-9a-f]{8}$/],
  [`v1.2.3-${commit}`, /^v1\.2\.3-[0-9a-f]{40}\.[0-9a-f]{8}$/],
])('a git tag called %s keeps that name only where no branch can have it', (name, expected) => {
  expect(tagsOf({ ref: { kind: 'tag', name } }, [{ kind: 'sha' }, { kind: 'branch' }])[1]).toMatch(expected)
})

test('branches and git tags never share a tag that moves', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'main',
      'v1.2.3',
      '1.2.3',
      'v1.2.3.0a1b2c3d',
      '2026-01-31',
      'release-1.2',
      'latest',
      '42',
    ),
    fc.stringMatching(/^v?[0-9]{1,3}([.-][0-9a-z]{1,3}){0,3}$/),
    fc.string({ minLength: 1, maxLength: 20 }),
  )
  const moving = (kind: 'branch' | 'tag', text: string) =>
    tagsOf({ ref: { kind, name: text } }, [{ kind: 'sha' }, { kind: 'branch' }])[1]
  fc.assert(
    fc.property(name, name, (branch, tag) => {
      expect(moving('branch', branch)).not.toBe(moving('tag', tag))
      if (branch !== tag) expect(moving('branch', branch)).not.toBe(moving('branch', tag))
    }),
  )
})

test('without a fixed tag there is nothing to push under', () => {
  expect(() => planTags([{ kind: 'latest' }], push, undefined)).toThrow('tags: none of them is fixed')
  expect(() => planTags(all, { ...push, commit: undefined }, undefined)).toThrow(
    'names no branch or no commit',
  )
})

test('every tag of every run is valid, and the commit’s tags never move', () => {
  const branch = fc.string({ minLength: 1, maxLength: 250 })
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 })
  fc.assert(
    fc.property(
      branch,
      hex,
      fc.option(fc.constantFrom('eve', 'a-b'), { nil: undefined }),
      (name, sha, fork) => {
        const plan = planTags(all, { ...push, commit: sha, ref: { kind: 'branch', name }, fork }, undefined)
        for (const { tag } of plan.tags) expect(tag).toMatch(TAG_FORM)
        expect(plan.first.endsWith(`-${sha}`)).toBe(true)
        expect(new Set(plan.tags.map(({ tag }) => tag)).size).toBe(plan.tags.length)
      },
    ),
  )
})
