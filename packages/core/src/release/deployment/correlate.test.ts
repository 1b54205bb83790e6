import { expect, test } from 'vitest'
import type { ServiceDeploymentBrief } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { at, created, denied, ours, revisionArn, throttled } from '../test-data.fixture.ts'
import { correlate } from './correlate.ts'

const brief = (number: number): ServiceDeploymentBrief => ({
  arn: `deployment-of-${number}`,
  status: 'PENDING',
  targetServiceRevisionArn: revisionArn(number),
  createdAt: created,
})

async function correlating(answers: (ServiceDeploymentBrief[] | Error)[], deadline: number) {
  const clock = steppingClock(0)
  const since: Date[] = []
  const troubles: unknown[] = []
  const found = await correlate(
    { id: ours, createdAt: created },
    {
      calls: {
        async deploymentsSince(createdAfter) {
          const answer = answers[Math.min(since.length, answers.length - 1)] ?? []
          since.push(createdAfter)
          if (answer instanceof Error) throw answer
          return answer
        },
      },
      clock,
      deadline,
      random: () => 0,
      trouble: (error) => troubles.push(error),
    },
  )
  return { arn: found?.arn, since, sleeps: clock.sleeps, troubles }
}

test('finds the one whose revision has the number of the deployment', async () => {
  const { arn, sleeps } = await correlating([[brief(12), brief(3), brief(2), brief(1)]], 60_000)
  expect([arn, sleeps]).toEqual(['deployment-of-2', []])
})

test('looks from one second before the creation on the clock of the server', async () => {
  const { since } = await correlating([[brief(2)]], 60_000)
  expect(since).toEqual([at(-1)])
})

test('looks again while it is not listed yet', async () => {
  const { arn, sleeps } = await correlating([[], [brief(1)], [brief(22)], [], [], [brief(2)]], 60_000)
  expect(arn).toBe('deployment-of-2')
  expect(sleeps).toEqual([1000, 1000, 2000, 2000, 4000])
})

test('looks a last time at the deadline', async () => {
  const { arn, since, sleeps } = await correlating([[]], 7500)
  expect([arn, since.length, sleeps]).toEqual([undefined, 6, [1000, 1000, 2000, 2000, 1500]])
})

test('a transient error is told, any other ends it', async () => {
  const { arn, troubles } = await correlating([throttled, [brief(2)]], 60_000)
  expect([arn, troubles]).toEqual(['deployment-of-2', [throttled]])
  await expect(correlating([denied], 60_000)).rejects.toBe(denied)
})
