import { expect, test } from 'vitest'
import { isImmutable } from './mutability.ts'

test.each([
  ['MUTABLE', [], 'v1', false],
  ['IMMUTABLE', [], 'latest', true],
  ['IMMUTABLE_WITH_EXCLUSION', ['latest'], 'latest', false],
  ['IMMUTABLE_WITH_EXCLUSION', ['latest'], 'latest-1', true],
  ['IMMUTABLE_WITH_EXCLUSION', ['dev-*'], 'dev-7', false],
  ['IMMUTABLE_WITH_EXCLUSION', ['v1.0'], 'v1x0', true],
  ['IMMUTABLE_WITH_EXCLUSION', [], 'latest', true],
  ['MUTABLE_WITH_EXCLUSION', ['v*'], 'v1', true],
  ['MUTABLE_WITH_EXCLUSION', ['v*'], 'latest', false],
  ['A_WORD_OF_TOMORROW', [], 'v1', false],
])('in a repository that is %s but for %j, %s is immutable: %s', (mutability, exclusions, tag, immutable) => {
  expect(isImmutable({ mutability, exclusions }, tag)).toBe(immutable)
})
