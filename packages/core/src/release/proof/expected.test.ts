import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { aContainer, account, aRevision, aTask, goodDigest, otherDigest, ours } from '../test-data.ts'
import { expectations } from './expected.ts'
import { judge } from './judge.ts'

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

function judged(definition: JsonObject, revision = aRevision(), tasks = [aTask('1')]) {
  const expected = expectations(definition, new Map(), revision)
  const taskDefinitionArn = `${account}:task-definition/web:2`
  return judge({
    deploymentId: ours,
    taskDefinitionArn,
    expected,
    revision,
    desired: 1,
    tasks,
    othersRunning: 0,
  }).proof
}

test('a proof lists what was proven apart from what was not', () => {
  expect(judged(withSidecar)).toMatchObject({
    containers: [
      { container: 'app', image: `repo@${goodDigest}`, digest: goodDigest, source: 'task-definition' },
    ],
    unproven: ['agent'],
  })
})

test('an image of the revision that is in no task definition is of no concern', () => {
  const containerImages = [
    ...aRevision().containerImages,
    { containerName: 'ecs-service-connect', image: 'envoy', digest: otherDigest },
  ]
  expect(judged(tagged, aRevision({ containerImages })).kind).toBe('proven')
})

test.each([
  ['the service revision', aRevision({ containerImages: [] }), aContainer()],
  ['every task', aRevision(), aContainer({ imageDigest: undefined })],
])('a digest that %s lacks is told, with a remedy', (who, revision, container) => {
  expect(judged(tagged, revision, [aTask('1', { containers: [container] })])).toMatchObject({
    finding: {
      cause: `ECS reports no digest of ${who} for container app (repo:v2)`,
      remedy: expect.stringContaining('versionConsistency'),
    },
  })
})
