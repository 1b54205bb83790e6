import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import {
  aContainer,
  aDeployment,
  aService,
  aTask,
  goodDigest,
  older,
  otherDigest,
  revisionArn,
  throttled,
} from '../test-data.ts'
import { proving } from './proving.fixture.ts'

const good = [aTask('1'), aTask('2')]
const withOld = [...good, aTask('0', { startedBy: older })]

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
