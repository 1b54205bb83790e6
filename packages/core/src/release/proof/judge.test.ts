import { expect, test } from 'vitest'
import type { ServiceRevision, Task } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import {
  aContainer,
  account,
  aRevision,
  aTask,
  goodDigest,
  older,
  otherDigest,
  ours,
} from '../test-data.fixture.ts'
import { expectations } from './expected.ts'
import { type Evidence, judge } from './judge.ts'

const tagged: JsonObject = { containerDefinitions: [{ name: 'app', image: 'repo:v2' }] }
const pinned: JsonObject = { containerDefinitions: [{ name: 'app', image: `repo@${goodDigest}` }] }
const withSidecar: JsonObject = {
  containerDefinitions: [
    { name: 'app', image: `repo@${goodDigest}` },
    { name: 'agent', image: 'agent:1' },
  ],
}
const images = (digest: string | undefined) => ({
  containerImages: [{ containerName: 'app', image: 'repo:v2', digest }],
})

interface Look {
  definition?: JsonObject
  named?: Map<string, string>
  inRegistry?: Map<string, string>
  revision?: ServiceRevision
  desired?: number
  othersRunning?: number
  tasks?: Task[]
}

function evidence({
  definition = tagged,
  named = new Map(),
  inRegistry = new Map(),
  revision = aRevision(),
  desired = 2,
  othersRunning = 0,
  tasks = [aTask('1'), aTask('2')],
}: Look): Evidence {
  return {
    deploymentId: ours,
    taskDefinitionArn: `${account}:task-definition/web:2`,
    expected: expectations({ definition, named, inRegistry }, revision, []),
    revision,
    desired,
    othersRunning,
    startingFor: 0,
    tasks,
  }
}

function look(given: Look) {
  const judgement = judge(evidence(given))
  const { proof } = judgement
  return [judgement.kind, proof.kind, proof.kind === 'proven' ? proof.unproven : proof.finding.code]
}

test.each<[string, Look]>([
  ['a tag, by the digest of the revision', {}],
  ['a digest', { definition: pinned }],
  ['a tag, by the digest of its registry', { inRegistry: new Map([['app', goodDigest]]) }],
  [
    'a tag by its registry that the revision does not report',
    { inRegistry: new Map([['app', goodDigest]]), revision: aRevision({ containerImages: [] }) },
  ],
  [
    'a digest that the revision does not report',
    { definition: pinned, revision: aRevision({ containerImages: [] }) },
  ],
  ['more tasks than desired', { desired: 1 }],
  ['healthy tasks', { tasks: [aTask('1', { healthStatus: 'HEALTHY' }), aTask('2')] }],
  [
    'tasks of which some are still pending',
    { tasks: [aTask('1'), aTask('2'), aTask('3', { lastStatus: 'PENDING' })] },
  ],
  [
    'an old task that is not RUNNING any more',
    { tasks: [aTask('1'), aTask('2'), aTask('0', { startedBy: older, lastStatus: 'STOPPING' })] },
  ],
  [
    'containers that ECS put there by itself',
    {
      tasks: [
        aTask('1', {
          containers: [aContainer(), aContainer({ name: 'ecs-service-connect', imageDigest: otherDigest })],
        }),
        aTask('2'),
      ],
    },
  ],
])('proves %s', (_, given) => {
  expect(look(given)).toEqual(['final', 'proven', []])
})

test('a container that is not required may go without a digest, and is listed', () => {
  expect(look({ definition: withSidecar })).toEqual(['final', 'proven', ['agent']])
})

test('a container that is not required is proven where ECS reports its digest', () => {
  const revision = aRevision({
    containerImages: [{ containerName: 'agent', image: 'agent:1', digest: otherDigest }],
  })
  const containers = [aContainer(), aContainer({ name: 'agent', imageDigest: otherDigest })]
  const given = { definition: withSidecar, named: new Map([['app', '']]), revision }
  const first = aTask('1', { containers })
  expect(look({ ...given, tasks: [first, aTask('2', { containers })] })).toEqual(['final', 'proven', []])
  expect(look({ ...given, tasks: [first, aTask('2')] })).toEqual(['final', 'proven', ['agent']])
  const wrong = aTask('2', { containers: [aContainer(), aContainer({ name: 'agent' })] })
  const mixed = look({ ...given, tasks: [first, wrong] })
  expect(mixed).toEqual(['final', 'mismatch', 'digest-mismatch'])
})

test.each<[string, Look]>([
  [
    'another digest on one task',
    { tasks: [aTask('1'), aTask('2', { containers: [aContainer({ imageDigest: otherDigest })] })] },
  ],
  [
    'another digest in the revision',
    { definition: pinned, revision: aRevision(images(otherDigest)), tasks: [] },
  ],
  [
    'another task definition',
    { revision: aRevision({ taskDefinitionArn: `${account}:task-definition/web:1` }) },
  ],
])('%s is a mismatch, however long one waits', (_, given) => {
  expect(look(given)).toEqual(['final', 'mismatch', 'digest-mismatch'])
})

test('nothing to run is not provable', () => {
  expect(look({ desired: 0, tasks: [] })).toEqual(['final', 'not-provable', 'desired-count-zero'])
})

test.each<[string, Look, string]>([
  ['too few tasks', { tasks: [aTask('1')] }, 'digest-not-provable'],
  ['a pending task', { tasks: [aTask('1'), aTask('2', { lastStatus: 'PENDING' })] }, 'digest-not-provable'],
  [
    'tasks of another deployment',
    { tasks: [aTask('1'), aTask('2', { startedBy: older })] },
    'digest-not-provable',
  ],
  [
    'a task without a digest',
    { tasks: [aTask('1'), aTask('2', { containers: [aContainer({ imageDigest: undefined })] })] },
    'digest-not-provable',
  ],
  [
    'a task without the container',
    { tasks: [aTask('1'), aTask('2', { containers: [] })] },
    'digest-not-provable',
  ],
  ['a revision without a digest', { revision: aRevision(images(undefined)) }, 'digest-not-provable'],
  [
    'a revision without the container',
    { revision: aRevision({ containerImages: [] }) },
    'digest-not-provable',
  ],
  [
    'an unhealthy task',
    { tasks: [aTask('1'), aTask('2', { healthStatus: 'UNHEALTHY' })] },
    'container-health-check',
  ],
  ['an old task', { tasks: [aTask('1'), aTask('2'), aTask('0', { startedBy: older })] }, 'old-tasks-remain'],
  ['an old task that was asked to stop and still runs', { othersRunning: 1 }, 'old-tasks-remain'],
  [
    'a task of nobody',
    { tasks: [aTask('1'), aTask('2'), aTask('0', { startedBy: undefined })] },
    'old-tasks-remain',
  ],
  [
    'a named sidecar without a digest',
    { definition: withSidecar, named: new Map([['agent', 'agent:1']]) },
    'digest-not-provable',
  ],
])('%s may still become right', (_, given, code) => {
  expect(look(given)).toEqual(['not-yet', 'not-provable', code])
})

test('what is waited for is said with numbers and names', () => {
  expect(judge(evidence({ tasks: [aTask('1')] }))).toMatchObject({
    waitingFor: 'only 1 of 2 tasks of ecs-svc/2 are running',
  })
  const tasks = [aTask('1'), aTask('2'), aTask('0', { startedBy: older })]
  expect(judge(evidence({ tasks }))).toMatchObject({
    waitingFor: '1 task of an earlier deployment still runs',
    proof: {
      finding: { evidence: ['task 0 of ecs-svc/1'] },
      tasks: [{ task: '1', digests: { app: goodDigest } }, { task: '2' }],
    },
  })
})
