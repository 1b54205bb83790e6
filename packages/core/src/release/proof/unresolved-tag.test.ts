import { expect, test } from 'vitest'
import { goodDigest } from '../test-data.ts'
import { unresolvedTag } from './unresolved-tag.ts'

test.each([
  ['no images', {}],
  ['a digest', { app: `repo@${goodDigest}` }],
  ['a tag and a digest', { app: `repo:v1@${goodDigest}` }],
])('nothing is open with %s', (_, images) => {
  expect(unresolvedTag(new Map(Object.entries(images)))).toBeUndefined()
})

test('the container whose image is a tag is named', () => {
  const images = new Map([
    ['agent', `agent@${goodDigest}`],
    ['app', 'repo:v1'],
  ])
  expect(unresolvedTag(images)).toMatchObject({
    kind: 'not-provable',
    finding: { code: 'digest-not-provable', cause: expect.stringContaining('repo:v1 for container app') },
  })
})
