import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import type { Service, ServiceDeployment } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import {
  aDeployment,
  aService,
  aServiceDeployment,
  created,
  denied,
  throttled,
} from '../test-data.fixture.ts'
import { untilOver } from './until-over.ts'

const is = (status: string) => aServiceDeployment({ status })
const state = (rolloutState: string | undefined) => aService({ deployments: [aDeployment({ rolloutState })] })

async function waiting(
  arn: string | undefined,
  answers: (ServiceDeployment | Service | Error)[],
  timeout = 60_000,
) {
  const clock = steppingClock(0)
  const queue = [...answers]
  const next = () => {
    const answer = queue.length > 1 ? queue.shift() : queue[0]
    if (answer === undefined || answer instanceof Error) throw answer
    return answer
  }
  const lines: string[] = []
  const troubles: unknown[] = []
  const end = await untilOver(
    { id: 'ecs-svc/2', arn, taskDefinition: 'web:2', status: 'IN_PROGRESS', since: created },
    {
      calls: {
        async deployment() {
          const answer = next()
          if ('targetServiceRevisionArn' in answer) return answer
          throw new Error('asked for a service deployment')
        },
        async service() {
          const answer = next()
          if ('deployments' in answer) return answer
          throw new Error('asked for the service')
        },
      },
      clock,
      random: () => 0,
      deadline: timeout,
      look: (line) => lines.push(line),
      trouble: (error) => troubles.push(error),
    },
  )
  return { end, lines, troubles, now: clock.now() }
}

test.each(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])(
  'it is over as %s',
  async (status) => {
    expect(await waiting('arn', [is('PENDING'), throttled, is('ROLLBACK_IN_PROGRESS'), is(status)])).toEqual({
      end: status,
      lines: [
        'PENDING · desired 2 · running 0 · pending 2',
        'ROLLBACK_IN_PROGRESS · desired 2 · running 0 · pending 2',
        status,
      ],
      troubles: [throttled],
      now: 7000,
    })
  },
)

test('the last look is at the deadline', async () => {
  expect(await waiting('arn', [is('IN_PROGRESS')], 12_000)).toMatchObject({ end: undefined, now: 12_000 })
})

test.each(['COMPLETED', 'FAILED', undefined])(
  'without service deployments the PRIMARY decides: %s',
  async (last) => {
    const { end, now } = await waiting(undefined, [state('IN_PROGRESS'), state('IN_PROGRESS'), state(last)])
    expect([end, now]).toEqual([last ?? 'without a PRIMARY deployment', 2000])
  },
)

test('a role that may list and not describe them waits by the service', async () => {
  const { end, troubles } = await waiting('arn', [denied, state('IN_PROGRESS'), state('COMPLETED')])
  expect([end, troubles]).toEqual(['COMPLETED', [denied]])
  await expect(waiting(undefined, [denied])).rejects.toBe(denied)
})

test('a deployment that was just listed may be unknown for the first minute, and no longer', async () => {
  const unknown = new ActionError('not-found', 'There is no such deployment')
  expect(await waiting('arn', [unknown, unknown, is('SUCCESSFUL')])).toMatchObject({
    end: 'SUCCESSFUL',
    troubles: [],
    now: 2000,
  })
  await expect(waiting('arn', [unknown], 120_000)).rejects.toBe(unknown)
})

test('looks back off while AWS throttles', async () => {
  const throttling = Array.from({ length: 4 }, () => throttled)
  const { end, now } = await waiting('arn', [...throttling, is('SUCCESSFUL')], 600_000)
  expect(end).toBe('SUCCESSFUL')
  // Without backing off, the fifth look would come after 6 seconds.
  expect(now).toBeGreaterThan(6000)
})
