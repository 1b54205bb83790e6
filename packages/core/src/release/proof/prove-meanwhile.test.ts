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

const three = { desiredCount: 3, at: 0 }
const enough = [...good, aTask('3')]
const counted = (desiredCount: number) => aService({ desiredCount })

test.each<[string, number[], number]>([
  ['is not there yet', [2, 2, 3], 10_000],
  ['is there, and then is not', [2, 3, 2, 3], 15_000],
])(
  'a count that was just asked for, and that DescribeServices shows late (%s), is waited for',
  async (_, shown, waits) => {
    const looks = shown.map((__, look) => (look === shown.length - 1 ? enough : good))
    const { proof, said, waited } = await proving(looks, undefined, shown.map(counted), [], 0, three)
    expect([proof.kind, waited]).toEqual(['proven', waits])
    expect(said).toEqual(['only 2 of 3 tasks of ecs-svc/2 are running'])
  },
)

test('a service that was just raised from 0 tasks is not taken for one without any', async () => {
  const { proof } = await proving([[], enough], undefined, [counted(0), counted(3)], [], 0, three)
  expect(proof.kind).toBe('proven')
})

test('a count that somebody else sets after that is the one that has to be there', async () => {
  const { proof, waited } = await proving([good], undefined, [counted(2)], [], 0, three)
  expect([proof.kind, waited]).toEqual(['proven', 30_000])
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
