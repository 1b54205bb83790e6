import { expect, test } from 'vitest'
import type { ServiceRevision, Task } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import type { Listed } from '../preflight/ecr-images.ts'
import { aContainer, account, aRevision, aTask, goodDigest, otherDigest, ours } from '../test-data.fixture.ts'
import { type Asked, type Expectation, expectations } from './expected.ts'
import { judge } from './judge.ts'

const tagged: JsonObject = { containerDefinitions: [{ name: 'app', image: 'repo:v2' }] }
const pinned: JsonObject = { containerDefinitions: [{ name: 'app', image: `repo@${goodDigest}` }] }
const withSidecar: JsonObject = {
  containerDefinitions: [
    { name: 'app', image: `repo@${goodDigest}` },
    { name: 'agent', image: 'agent:1' },
  ],
}

function asking(definition: JsonObject, named = {}, inRegistry = {}): Asked {
  return {
    definition,
    named: new Map(Object.entries(named)),
    inRegistry: new Map(Object.entries(inRegistry)),
  }
}

test('the proof says who expects which digest', () => {
  const revision = aRevision({
    containerImages: [{ containerName: 'agent', image: 'agent:1', digest: otherDigest }],
  })
  expect(expectations(asking(withSidecar, { app: 'x' }), revision, [])).toEqual([
    {
      container: 'app',
      image: `repo@${goodDigest}`,
      digest: goodDigest,
      source: 'images',
      children: { kind: 'listed', digests: [] },
      required: true,
    },
    {
      container: 'agent',
      image: 'agent:1',
      digest: otherDigest,
      source: 'service-revision',
      children: { kind: 'listed', digests: [] },
      required: false,
    },
  ])
  expect(expectations(asking(pinned), revision, ['app'])).toMatchObject([
    { source: 'task-definition', required: true },
  ])
  expect(expectations(asking(tagged), aRevision(), ['app'])).toMatchObject([
    { source: 'service-revision', required: true, digest: goodDigest },
  ])
})

function judged(definition: JsonObject, revision = aRevision(), tasks = [aTask('1')], inRegistry = {}) {
  return judgedBy(expectations(asking(definition, {}, inRegistry), revision, []), revision, tasks)
}

function judgedBy(expected: Expectation[], revision: ServiceRevision, tasks: Task[]) {
  const taskDefinitionArn = `${account}:task-definition/web:2`
  return judge({
    deploymentId: ours,
    taskDefinitionArn,
    expected,
    revision,
    desired: 1,
    tasks,
    othersRunning: 0,
    startingFor: 0,
  }).proof
}

test.each<[string, JsonObject, object, object]>([
  ['a required tag', tagged, {}, { source: 'registry', digest: otherDigest }],
  ['a named tag', tagged, { app: 'repo:v2' }, { source: 'registry', digest: otherDigest }],
  ['no digest of its own', pinned, {}, { source: 'task-definition', digest: goodDigest }],
])('the registry says what has to run for %s', (_, definition, named, expected) => {
  const inRegistry = { app: otherDigest }
  expect(expectations(asking(definition, named, inRegistry), aRevision(), [])).toMatchObject([expected])
})

test.each<[string, object, object, string[], string[]]>([
  ['named, and nothing else', { agent: 'x' }, { app: goodDigest }, ['app'], ['agent']],
  ['found in Amazon ECR', {}, { agent: otherDigest }, [], ['agent']],
  ['behind the load balancer', {}, {}, ['agent'], ['agent']],
  [
    'found in Amazon ECR, and those behind the load balancer',
    {},
    { agent: otherDigest },
    ['app'],
    ['app', 'agent'],
  ],
  ['none, though one is pinned', {}, {}, [], []],
])('required are the containers that are %s', (_, named, inRegistry, balanced, required) => {
  const all = expectations(asking(withSidecar, named, inRegistry), aRevision(), balanced)
  expect(all.filter((each) => each.required).map(({ container }) => container)).toEqual(required)
})

test.each<[string, ServiceRevision['containerImages'], string[], string, string]>([
  [
    'the one that ECS resolved, beside what users reach',
    [{ containerName: 'agent', image: 'agent:1', digest: goodDigest }],
    ['app'],
    'service-revision',
    goodDigest,
  ],
  ['that of the registry, where ECS resolved none', [], ['app'], 'registry', otherDigest],
  [
    'that of the registry, where users reach nothing',
    [{ containerName: 'agent', image: 'agent:1', digest: goodDigest }],
    [],
    'registry',
    otherDigest,
  ],
])('the tag of a sidecar of Amazon ECR has to be %s', (_, containerImages, balanced, source, digest) => {
  const asked = asking(withSidecar, {}, { agent: otherDigest })
  const [, agent] = expectations(asked, aRevision({ containerImages }), balanced)
  expect(agent).toMatchObject({ source, digest, required: true })
})

test('the tag of a container that nobody asked about is the one that ECS resolved', () => {
  const revision = aRevision({
    containerImages: [{ containerName: 'agent', image: 'agent:1', digest: goodDigest }],
  })
  const asked = asking(withSidecar, { app: 'x' }, { agent: otherDigest })
  expect(expectations(asked, revision, [])[1]).toMatchObject({
    source: 'service-revision',
    digest: goodDigest,
  })
})

test('a tag that was moved after ECS had resolved it is a mismatch, and the remedy says how to follow it', () => {
  expect(judged(tagged, aRevision(), [aTask('1')], { app: otherDigest })).toMatchObject({
    kind: 'mismatch',
    finding: {
      cause: `the service revision has ${goodDigest} for container app, and repo:v2 names ${otherDigest} in Amazon ECR`,
      remedy: expect.stringContaining('set force-new-deployment'),
    },
  })
})

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

test.each<[string, object, object]>([
  ['that nobody named is listed as not proven', { app: 'x' }, { kind: 'proven', unproven: ['agent'] }],
  ['that was named cannot be proven', { agent: 'x' }, { kind: 'not-provable' }],
])('a container %s, when nobody can say what its index lists', (_, named, proof) => {
  const pinnedSidecar: JsonObject = {
    containerDefinitions: [
      { name: 'app', image: `repo@${goodDigest}` },
      { name: 'agent', image: `docker.io/agent@${goodDigest}` },
    ],
  }
  const agent = aContainer({ name: 'agent', imageDigest: otherDigest })
  const children: Listed = { kind: 'unknown', why: 'docker.io is no registry of ours', remedy: undefined }
  const expected = expectations(asking(pinnedSidecar, named), aRevision(), []).map((each) =>
    each.container === 'agent' ? { ...each, children } : each,
  )
  expect(judgedBy(expected, aRevision(), [aTask('1', { containers: [aContainer(), agent] })])).toMatchObject(
    proof,
  )
})
