import { expect, test } from 'vitest'
import { CHECKED_OUT, INPUTS, REVISION } from './identity.ts'
import { CREATED, isNewer } from './newer.ts'

const of = (commit: string, time: string, more: Record<string, string> = {}) => ({
  [REVISION]: commit,
  [CHECKED_OUT]: commit,
  [CREATED]: `2026-01-01T${time}Z`,
  [INPUTS]: 'context:0',
  ...more,
})
const { [INPUTS]: _, ...foreign } = of('b', '11:00:00')

test.each([
  ['a later commit', of('b', '11:00:00'), of('a', '10:00:00'), true],
  ['an earlier one', of('a', '10:00:00'), of('b', '11:00:00'), false],
  ['one of the same second', of('b', '10:00:00'), of('a', '10:00:00'), false],
  ['the same commit with another time', of('a', '11:00:00'), of('a', '10:00:00'), false],
  ['an image of another tool', foreign, of('a', '10:00:00'), false],
  ['a merge, beside a commit', of('b', '11:00:00', { [CHECKED_OUT]: 'm' }), of('a', '10:00:00'), false],
  ['a commit, beside a merge', of('b', '11:00:00'), of('a', '10:00:00', { [CHECKED_OUT]: 'm' }), false],
  [
    'a later merge',
    of('b', '11:00:00', { [CHECKED_OUT]: 'n' }),
    of('a', '10:00:00', { [CHECKED_OUT]: 'm' }),
    true,
  ],
  [
    'no time of a commit here',
    of('b', '11:00:00'),
    of('a', '', { [CREATED]: '1970-01-01T00:00:00.000Z' }),
    false,
  ],
  ['a time that nobody can read', of('b', '', { [CREATED]: 'soon' }), of('a', '10:00:00'), false],
])('%s', (_, theirs, ours, expected) => {
  expect(isNewer(theirs, ours)).toBe(expected)
})
