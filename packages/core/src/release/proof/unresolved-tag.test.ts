import { expect, test } from 'vitest'
import { denied, goodDigest } from '../test-data.fixture.ts'
import { unaskedTag, unresolvedTag } from './unresolved-tag.ts'

test.each([
  ['no images', {}],
  ['a digest', { app: `repo@${goodDigest}` }],
  ['a tag and a digest', { app: `repo:v1@${goodDigest}` }],
])('nothing is open with %s', (_, images) => {
  expect(unresolvedTag(new Map(Object.entries(images)), new Map())).toBeUndefined()
})

test('the container whose image is a tag is named', () => {
  const images = new Map([
    ['agent', `agent@${goodDigest}`],
    ['app', 'repo:v1'],
  ])
  expect(unresolvedTag(images, new Map())).toMatchObject({
    kind: 'not-provable',
    finding: { code: 'digest-not-provable', cause: expect.stringContaining('repo:v1 for container app') },
  })
})

test('a tag is not open when its registry was asked', () => {
  const images = new Map([['app', 'repo:v1']])
  expect(unresolvedTag(images, new Map([['app', goodDigest]]))).toBeUndefined()
  expect(unresolvedTag(images, new Map([['agent', goodDigest]]))).toBeDefined()
})

test.each([
  [
    'a tag that its registry was not allowed to resolve',
    { app: 'repo:v1' },
    ['app'],
    'repo:v1 for container app',
  ],
  ['a digest', { app: `repo@${goodDigest}` }, ['app'], undefined],
  ['a tag of another container', { app: 'repo:v1' }, ['agent'], undefined],
])('%s', (_, images, unasked, cause) => {
  const reasons = new Map(unasked.map((container) => [container, denied]))
  const open = unaskedTag(new Map(Object.entries(images)), reasons)
  if (cause === undefined) expect(open).toBeUndefined()
  else
    expect(open?.finding).toMatchObject({
      code: 'digest-not-provable',
      cause: expect.stringContaining(cause),
    })
})
