import type { StoredImage } from '@ecs-release/core'
import { expect, test } from 'vitest'
import { type PreflightFacts, refuseImmovableTags, refuseTakenTags } from './preflight.ts'

const image = (digest: string): StoredImage => ({ digest, tag: undefined, manifest: '{}', mediaType: '' })
const facts = (
  mutability: string,
  exclusions: string[] = [],
  existing: Record<string, string> = {},
): PreflightFacts => ({
  repository: 'web',
  rule: { mutability, exclusions },
  tags: [
    { tag: 'main-1', strategy: 'branch-sha', moving: false },
    { tag: '42', strategy: 'run-number', moving: true },
    { tag: 'main', strategy: 'branch', moving: true },
    { tag: 'latest', strategy: 'latest', moving: true },
  ],
  existing: new Map(Object.entries(existing).map(([tag, digest]) => [tag, image(digest)])),
})

test.each([
  ['a mutable repository', facts('MUTABLE')],
  ['filters for all that moves', facts('IMMUTABLE_WITH_EXCLUSION', ['latest', 'main', '4*'])],
  ['a run number that is still free', facts('IMMUTABLE_WITH_EXCLUSION', ['latest', 'main'])],
  [
    'a run number on the image that a fixed tag names, as when a run is run again',
    facts('IMMUTABLE_WITH_EXCLUSION', ['latest', 'main'], { 'main-1': 'sha256:0', 42: 'sha256:0' }),
  ],
])('passes %s', (_, given) => {
  expect(() => refuseImmovableTags(given, 'reuse')).not.toThrow()
})

test.each([
  [
    'a wholly immutable repository',
    facts('IMMUTABLE'),
    '42, main and latest cannot be set in web',
    'Set tags: branch-sha, or let main and latest move: give the repository IMMUTABLE_WITH_EXCLUSION with filters for main and latest and leave run-number out of tags.',
  ],
  [
    'a branch without a filter',
    facts('IMMUTABLE_WITH_EXCLUSION', ['latest']),
    'main cannot be set',
    'Set tags: "branch-sha\\nrun-number\\nlatest", or let main move: give the repository IMMUTABLE_WITH_EXCLUSION with filters for main.',
  ],
  [
    'a run number that is taken',
    facts('IMMUTABLE_WITH_EXCLUSION', ['latest', 'main'], { 42: 'sha256:0' }),
    '42 cannot be set',
    'Set tags: "branch-sha\\nbranch\\nlatest": a number names one run, and this one is taken.',
  ],
  [
    'a run number that another image has than the fixed tag',
    facts('IMMUTABLE_WITH_EXCLUSION', ['latest', 'main'], { 'main-1': 'sha256:1', 42: 'sha256:0' }),
    '42 cannot be set',
    'this one is taken.',
  ],
  [
    'latest as the exception',
    facts('MUTABLE_WITH_EXCLUSION', ['latest']),
    'latest cannot be set',
    'Set tags: "branch-sha\\nrun-number\\nbranch", or let latest move',
  ],
])('refuses %s with a remedy to copy', (_, given, message, hint) => {
  expect(() => refuseImmovableTags(given, 'reuse')).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    }),
  )
})

const again = { 'main-1': 'sha256:0', 42: 'sha256:0' }
const runNumbersStay = facts('MUTABLE_WITH_EXCLUSION', ['4*'], again)
const onlyNamesMove = facts('IMMUTABLE_WITH_EXCLUSION', ['latest', 'main'], again)

test.each([
  ['reuse', runNumbersStay, true],
  ['fail', runNumbersStay, true],
  ['build', runNumbersStay, false],
  ['rebuild', runNumbersStay, false],
  ['build', onlyNamesMove, true],
  ['rebuild', onlyNamesMove, true],
] as const)(
  'if-exists: %s, and the run number is on the image that a fixed tag names',
  (ifExists, given, passes) => {
    const refuse = expect(() => refuseImmovableTags(given, ifExists))
    if (passes) refuse.not.toThrow()
    else refuse.toThrow('42 cannot be set in web')
  },
)

test('a moving tag that another image holds for good is refused when an image is reused', () => {
  const taken = facts('IMMUTABLE', [], { 'main-1': 'sha256:1', 42: 'sha256:0' })
  expect(() => refuseTakenTags(taken, image('sha256:1'))).toThrow('42 in web cannot be moved to sha256:1')
  expect(() =>
    refuseTakenTags({ ...taken, rule: { mutability: 'MUTABLE', exclusions: [] } }, image('sha256:1')),
  ).not.toThrow()
})
