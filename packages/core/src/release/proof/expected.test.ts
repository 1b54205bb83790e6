import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { aRevision, goodDigest, otherDigest } from '../test-data.ts'
import { expectations } from './expected.ts'

const tagged: JsonObject = { containerDefinitions: [{ name: 'app', image: 'repo:v2' }] }
const pinned: JsonObject = { containerDefinitions: [{ name: 'app', image: `repo@${goodDigest}` }] }
const withSidecar: JsonObject = {
  containerDefinitions: [
    { name: 'app', image: `repo@${goodDigest}` },
    { name: 'agent', image: 'agent:1' },
  ],
}

test('the proof says who expects which digest', () => {
  const revision = aRevision({
    containerImages: [{ containerName: 'agent', image: 'agent:1', digest: otherDigest }],
  })
  expect(expectations(withSidecar, new Map([['app', 'x']]), revision)).toEqual([
    { container: 'app', image: `repo@${goodDigest}`, digest: goodDigest, source: 'images', required: true },
    {
      container: 'agent',
      image: 'agent:1',
      digest: otherDigest,
      source: 'service-revision',
      required: false,
    },
  ])
  expect(expectations(pinned, new Map(), revision)).toMatchObject([
    { source: 'task-definition', required: true },
  ])
  expect(expectations(tagged, new Map(), aRevision())).toMatchObject([
    { source: 'service-revision', required: true, digest: goodDigest },
  ])
})
