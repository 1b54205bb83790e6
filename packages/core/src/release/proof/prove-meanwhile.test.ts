import { expect, test } from 'vitest'
import { aDeployment, aService, aTask, at, older } from '../test-data.fixture.ts'
import { proving } from './proving.fixture.ts'

const good = [aTask('1'), aTask('2')]
const withOld = [...good, aTask('0', { startedBy: older })]

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
