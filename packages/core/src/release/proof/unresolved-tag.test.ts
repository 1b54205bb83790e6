import { expect, test } from 'vitest'
import { goodDigest } from '../test-data.ts'
import { unresolvedTag } from './unresolved-tag.ts'

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
