import { expect, test } from 'vitest'
import type { ServiceDeploymentBrief } from '../../aws/ecs-model.ts'
import {
  aContainer,
  account,
  aDeployment,
  aRevision,
  aService,
  aTask,
  at,
  created,
  goodDigest,
  older,
  otherDigest,
  ours,
  revisionArn,
} from '../test-data.fixture.ts'
import { completedBefore, lastGood } from './last-good.ts'
import { pinsFor } from './pins.ts'

const brief = (number: number, createdAt: Date): ServiceDeploymentBrief => ({
  arn: `deployment-${number}`,
  status: 'SUCCESSFUL',
  targetServiceRevisionArn: revisionArn(number),
  createdAt,
})

test.each<[string, ServiceDeploymentBrief[], string | undefined]>([
  ['the newest before ours', [brief(1, at(-60)), brief(0, at(-900))], revisionArn(1)],
  ['not our own', [brief(2, created), brief(1, at(-60))], revisionArn(1)],
  ['not a later one', [brief(3, at(60)), brief(1, at(-60))], revisionArn(1)],
  ['nothing where there is none', [brief(2, created), brief(3, at(60))], undefined],
])('goes back to %s', async (_, listed, arn) => {
  const asked: unknown[] = []
  const found = await lastGood(
    {
      async deploymentsSince(createdAfter, status) {
        asked.push((created.getTime() - createdAfter.getTime()) / 86_400_000, status)
        return listed
      },
      revisions: async (arns) => arns.map((each) => aRevision({ arn: each })),
    },
    { id: ours, createdAt: created },
  )
  expect(found?.arn).toBe(arn)
  expect(asked).toEqual([89, 'SUCCESSFUL'])
})

const completed = aDeployment({
  id: older,
  rolloutState: 'COMPLETED',
  taskDefinitionArn: `${account}:task-definition/web:1`,
})

test.each([
  [
    'the revision of the deployment that had completed',
    'COMPLETED',
    [aRevision({ arn: revisionArn(1) })],
    goodDigest,
  ],
  ['where ECS has forgotten that, what its tasks ran', 'COMPLETED', [], otherDigest],
  ['nothing while it had not completed', 'IN_PROGRESS', [aRevision({ arn: revisionArn(1) })], undefined],
  ['nothing when it had failed', 'FAILED', [aRevision({ arn: revisionArn(1) })], undefined],
])('without a history, it goes back to %s', async (_, rolloutState, revisions, digest) => {
  const tasks = [
    aTask('1', { startedBy: older, containers: [aContainer({ imageDigest: otherDigest })] }),
    aTask('2', { startedBy: older, containers: [aContainer({ imageDigest: undefined })] }),
    aTask('3', { startedBy: ours }),
  ]
  const calls = {
    revisions: async (arns: readonly string[]) => revisions.filter(({ arn }) => arns.includes(arn)),
    tasks: async (status: string) => (status === 'STOPPED' ? tasks : []),
  }
  const found = await completedBefore(calls, aService({ deployments: [{ ...completed, rolloutState }] }))
  expect(found?.containerImages.map((each) => each.digest)).toEqual(digest && [digest])
  expect(found?.arn).toBe(digest && revisionArn(1))
})

test.each<[string, image: string, now: string | undefined, pin: string | undefined]>([
  ['a tag that has moved', 'host:5000/team/web:v2', otherDigest, `host:5000/team/web@${goodDigest}`],
  ['a tag that is gone', 'web:v2', undefined, `web@${goodDigest}`],
  ['no tag', 'host:5000/web', otherDigest, `host:5000/web@${goodDigest}`],
  ['a tag that is the same', 'web:v2', goodDigest, undefined],
  ['a digest', `web@${otherDigest}`, otherDigest, undefined],
])('%s', async (_, image, now, pin) => {
  const definition = {
    containerDefinitions: [
      { name: 'app', image },
      { name: 'agent', image: 'agent:1' },
    ],
  }
  const pins = await pinsFor(definition, aRevision(), async () => now)
  expect([...pins]).toEqual(pin === undefined ? [] : [['app', pin]])
})
