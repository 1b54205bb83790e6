import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import type { Service, ServiceRevision, Task } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.ts'
import {
  aContainer,
  aDeployment,
  aRevision,
  aService,
  aTask,
  at,
  goodDigest,
  older,
  otherDigest,
  ours,
  revisionArn,
  throttled,
} from '../test-data.ts'
import { prove } from './prove.ts'

const good = [aTask('1'), aTask('2')]
const withOld = [...good, aTask('0', { startedBy: older })]

/** Proves against answers that may change from look to look; the last one stays. */
async function proving(
  looks: (Task[] | Error)[],
  revisions: ServiceRevision[] = [aRevision()],
  services: Service[] = [aService()],
  lists: readonly string[] = [],
  startingFor = 0,
) {
  const clock = steppingClock(0)
  const said: string[] = []
  const asks: string[] = []
  let asked = 0
  const proof = await prove({
    calls: {
      service: async () => services[Math.min(asked, services.length - 1)] ?? aService(),
      revisions: async (arns) => revisions.filter(({ arn }) => arns.includes(arn)),
      async tasks(desiredStatus) {
        expect(desiredStatus).toBe('RUNNING')
        const answer = looks[Math.min(asked++, looks.length - 1)] ?? []
        if (answer instanceof Error) throw answer
        return answer
      },
    },
    clock,
    deploymentId: ours,
    createdAt: aDeployment().createdAt,
    startingFor,
    revisionArn: revisionArn(2),
    taskDefinitionArn: aRevision().taskDefinitionArn,
    asked: {
      definition: { containerDefinitions: [{ name: 'app', image: 'repo:v2' }] },
      named: new Map(),
      inRegistry: new Map(),
    },
    async children(image, digest) {
      asks.push(`${image} ${digest}`)
      return lists
    },
    waiting: (what) => said.push(what),
    trouble: () => said.push('trouble'),
  })
  return { proof, said, asks, waited: clock.now() }
}

test('proves at the first look', async () => {
  const { asks, proof, said, waited } = await proving([good])
  expect(proof).toMatchObject({ kind: 'proven', tasks: [{ task: '1' }, { task: '2' }] })
  expect([said, asks, waited]).toEqual([[], [], 0])
})

test('waits for old tasks to stop, and says so once', async () => {
  const { proof, said, waited } = await proving([withOld, withOld, withOld, good])
  expect(proof.kind).toBe('proven')
  expect(said).toEqual(['1 task of an earlier deployment still runs'])
  expect(waited).toBe(15_000)
})

test('waits for old tasks that were asked to stop and still run', async () => {
  const old = (runningCount: number) =>
    aService({ deployments: [aDeployment(), aDeployment({ id: older, runningCount })] })
  const { proof, said, waited } = await proving([good], undefined, [old(2), old(0)])
  expect(proof.kind).toBe('proven')
  expect(said).toEqual(['2 tasks of an earlier deployment still run'])
  expect(waited).toBe(5_000)
})

test('waits for two minutes and not longer', async () => {
  const { proof, waited } = await proving([withOld])
  expect(proof).toMatchObject({ kind: 'not-provable', finding: { code: 'old-tasks-remain' } })
  expect(waited).toBe(120_000)
})

test.each([
  ['two minutes, where a deployment has just ended', 0, 120_000],
  ['as long as it is told to, where tasks are only added', 25 * 60_000, 25 * 60_000],
])('waits for missing tasks for %s', async (_, startingFor, waits) => {
  const few = await proving([[aTask('1')]], undefined, undefined, undefined, startingFor)
  expect(few.proof).toMatchObject({
    kind: 'not-provable',
    finding: { cause: expect.stringMatching(/^only 1 of 2 tasks/) },
  })
  expect(few.waited).toBe(waits)
  const old = await proving([withOld], undefined, undefined, undefined, startingFor)
  expect(old.waited).toBe(120_000)
})

const newer = (seconds: number) =>
  aService({
    deployments: [
      aDeployment({ id: 'ecs-svc/3', createdAt: at(seconds) }),
      aDeployment({ status: 'ACTIVE' }),
    ],
  })

test('a newer PRIMARY deployment ends the proof at once, and is no earlier one', async () => {
  const tasks = [aTask('1'), aTask('3', { startedBy: 'ecs-svc/3' })]
  const { proof, waited } = await proving([good, tasks], undefined, [
    aService({ desiredCount: 3 }),
    newer(60),
  ])
  expect(proof).toMatchObject({
    kind: 'superseded',
    by: 'ecs-svc/3',
    finding: { code: 'superseded', cause: expect.stringContaining('ecs-svc/3') },
  })
  expect(waited).toBe(5000)
})

test('an answer that still shows the PRIMARY of before does not end the proof', async () => {
  const { proof } = await proving([good], undefined, [newer(-60)])
  expect(proof.kind).toBe('proven')
})

test('a digest that ECS does not report is not waited for that long', async () => {
  const silent = [aTask('1'), aTask('2', { containers: [aContainer({ imageDigest: undefined })] })]
  const { proof, waited } = await proving([silent])
  expect(proof).toMatchObject({ kind: 'not-provable', finding: { code: 'digest-not-provable' } })
  expect(waited).toBe(10_000)
})

test('a mismatch ends the wait at once', async () => {
  const wrong = aTask('2', { containers: [aContainer({ imageDigest: otherDigest })] })
  const { proof, waited } = await proving([withOld, [aTask('1'), wrong]])
  expect(proof.kind).toBe('mismatch')
  expect(waited).toBe(5000)
})

test('a transient error is told and the look is made again', async () => {
  const { proof, said } = await proving([throttled, good])
  expect([proof.kind, said]).toEqual(['proven', ['trouble']])
})

test('without any answer nothing is proven', async () => {
  const { proof, waited } = await proving([throttled])
  expect(proof).toMatchObject({
    kind: 'not-provable',
    finding: { cause: expect.stringContaining('did not answer') },
  })
  expect(waited).toBe(120_000)
})

test('a denied call ends the proof, with the error and its hint as the finding', async () => {
  const { proof, waited } = await proving([
    new ActionError('access-denied', 'not authorized', { hint: 'Allow it' }),
  ])
  expect(proof).toMatchObject({
    kind: 'not-provable',
    finding: { cause: 'not authorized', remedy: 'Allow it' },
  })
  expect(waited).toBe(0)
})

test('any other error ends the run', async () => {
  const expired = new ActionError('credentials', 'expired')
  await expect(proving([expired])).rejects.toBe(expired)
})

test('a revision that ECS does not describe proves nothing', async () => {
  const { proof, waited } = await proving([good], [])
  expect(proof).toMatchObject({
    kind: 'not-provable',
    finding: { cause: `ECS does not describe the service revision ${revisionArn(2)}` },
  })
  expect(waited).toBe(30_000)
})

const platformDigest = `sha256:${'c'.repeat(64)}`
const ofPlatform = [aContainer({ imageDigest: platformDigest })]

test('an image that the expected index lists is proven, and what was reported is told', async () => {
  const looks = [[aTask('1'), aTask('2', { containers: ofPlatform })]]
  const { asks, proof } = await proving(looks, undefined, undefined, [otherDigest, platformDigest])
  expect(proof).toMatchObject({
    kind: 'proven',
    containers: [{ digest: goodDigest, reported: [goodDigest, platformDigest] }],
  })
  expect(asks).toEqual([`repo:v2 ${goodDigest}`])
})

test('an image of another index is none of ours', async () => {
  const looks = [[aTask('1'), aTask('2', { containers: ofPlatform })]]
  const { proof } = await proving(looks, undefined, undefined, [otherDigest])
  expect(proof).toMatchObject({ kind: 'mismatch', finding: { code: 'digest-mismatch' } })
})

test('what an old task runs is not asked about', async () => {
  const old = aTask('0', { startedBy: older, containers: ofPlatform })
  const { asks, proof } = await proving([[...good, old], good])
  expect([proof.kind, asks]).toEqual(['proven', []])
})
