import { expect, test } from 'vitest'
import { refuseNewRepository } from './refuse-new-repository.ts'
import type { RepositoryWish } from './repository/create.ts'
import type { PlannedTag } from './tags/plan.ts'

const tags: PlannedTag[] = [
  { tag: 'main-1', strategy: 'branch-sha', moving: false },
  { tag: '42', strategy: 'run-number', moving: true },
  { tag: 'main', strategy: 'branch', moving: true },
  { tag: 'latest', strategy: 'latest', moving: true },
]
const wish = (mutability: RepositoryWish['mutability'], ...mutableTags: string[]): RepositoryWish => ({
  mutability,
  mutableTags,
  scanOnPush: true,
  keep: 10,
})

test.each([
  ['all tags may move', wish('MUTABLE', 'latest'), tags],
  ['filters for all that moves', wish('IMMUTABLE_WITH_EXCLUSION', 'latest', 'ma*'), tags],
  ['tags that all stay', wish('IMMUTABLE', 'latest'), tags.slice(0, 1)],
])('passes %s', (_, given, planned) => {
  expect(() => refuseNewRepository('web', given, planned)).not.toThrow()
})

test.each([
  [
    'the default filters',
    wish('IMMUTABLE_WITH_EXCLUSION', 'latest'),
    tags,
    'tags: main could not move in the new repository web (IMMUTABLE_WITH_EXCLUSION, mutable-tags latest)',
    'Set mutable-tags: "latest\\nmain", or leave branch out of tags.',
  ],
  [
    'no exclusions',
    wish('IMMUTABLE', 'latest'),
    tags,
    'tags: 42, main and latest could not move in the new repository web (IMMUTABLE)',
    'Set tag-mutability: IMMUTABLE_WITH_EXCLUSION and mutable-tags: "latest\\nmain", or leave run-number, branch and latest out of tags.',
  ],
  [
    'a number alone',
    wish('IMMUTABLE', 'latest'),
    tags.slice(0, 2),
    'tags: 42 could not move in the new repository web (IMMUTABLE)',
    'Set tag-mutability: IMMUTABLE_WITH_EXCLUSION and mutable-tags: "latest", or leave run-number out of tags.',
  ],
])('refuses %s, and names the input to change', (_, given, planned, message, hint) => {
  expect(() => refuseNewRepository('web', given, planned)).toThrow(expect.objectContaining({ message, hint }))
})
