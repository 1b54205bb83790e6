import { expect, test } from 'vitest'
import { CHECKED_OUT, INPUTS, REVISION } from './identity.ts'
import { CREATED, newerBy } from './newer.ts'

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
    'a later commit of another repository, built by a run of the same commit',
    of('w', '11:00:00', { [CHECKED_OUT]: 'b' }),
    of('w', '10:00:00', { [CHECKED_OUT]: 'a' }),
    true,
  ],
  [
    'files of no known commit, in a run of the same commit',
    { [REVISION]: 'w', [CREATED]: '2026-01-01T11:00:00Z', [INPUTS]: 'context:0' },
    of('w', '10:00:00', { [CHECKED_OUT]: 'a' }),
    false,
  ],
  [
    'no time of a commit here',
    of('b', '11:00:00'),
    of('a', '', { [CREATED]: '1970-01-01T00:00:00.000Z' }),
    false,
  ],
  ['a time that nobody can read', of('b', '', { [CREATED]: 'soon' }), of('a', '10:00:00'), false],
])('%s', async (_, theirs, ours, expected) => {
  await expect(newerBy(theirs, ours, async () => false)).resolves.toBe(expected ? 'time' : undefined)
})

const inOrder =
  (...commits: string[]) =>
  async (earlier: string, later: string) =>
    commits.includes(earlier) && commits.indexOf(earlier) < commits.indexOf(later)

test.each([
  ['a child, whatever its time', of('b', '09:00:00'), of('a', '10:00:00'), ['a', 'b'], 'git'],
  ['a parent of a later time', of('a', '11:00:00'), of('b', '10:00:00'), ['a', 'b'], undefined],
  ['one of another branch', of('c', '11:00:00'), of('b', '10:00:00'), ['a', 'b'], 'time'],
  [
    'a checkout after ours, in a repository beside the workflow’s',
    of('w', '09:00:00', { [CHECKED_OUT]: 'b' }),
    of('v', '10:00:00', { [CHECKED_OUT]: 'a' }),
    ['a', 'b'],
    'git',
  ],
  [
    'a checkout after ours, in runs of one commit',
    of('w', '09:00:00', { [CHECKED_OUT]: 'b' }),
    of('w', '10:00:00', { [CHECKED_OUT]: 'a' }),
    ['a', 'b'],
    'git',
  ],
])('by the history that git knows: %s', async (_, theirs, ours, history, expected) => {
  await expect(newerBy(theirs, ours, inOrder(...history))).resolves.toBe(expected)
})
