import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import type { ServiceDeployment } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.ts'
import { aService, aServiceDeployment, denied, throttled } from '../test-data.ts'
import { type WaitUntil, watch } from './watch.ts'

const is = (status: string, change: Partial<ServiceDeployment> = {}) =>
  aServiceDeployment({ status, ...change })
const minute = 60_000

interface Play {
  /** What the nth look answers; the last stays. */
  answers: (ServiceDeployment | Error)[]
  until?: WaitUntil
  timeout?: number
  targets?: Error
  groups?: string[]
}

async function watching({
  answers,
  until = 'completed',
  timeout = 30 * minute,
  targets,
  groups = ['tg'],
}: Play) {
  const clock = steppingClock(0)
  const calls: { name: string; at: number }[] = []
  const told: string[] = []
  const note = (name: string) => calls.push({ name, at: clock.now() })
  const service = aService({
    loadBalancers: groups.map((targetGroupArn) => ({
      targetGroupArn,
      containerName: 'app',
      containerPort: 1,
    })),
  })
  let looks = 0
  const end = await watch({
    calls: {
      async deployment() {
        note('deployment')
        const answer = answers[Math.min(looks++, answers.length - 1)] ?? is('PENDING')
        if (answer instanceof Error) throw answer
        return answer
      },
      async service() {
        note('service')
        return service
      },
      async targets(group) {
        note(group)
        if (targets !== undefined) throw targets
        return []
      },
    },
    clock,
    deploymentArn: 'arn',
    service,
    startedAt: 0,
    deadline: timeout,
    until,
    observer: {
      look: ({ deployment }) => told.push(deployment.status),
      failing: async ({ deployment }) => void told.push(`failing ${deployment.status}`),
      trouble: (error) => told.push(error instanceof Error ? error.message : ''),
    },
  })
  const at = (name: string) => calls.filter((call) => call.name === name).map((call) => call.at)
  return { end, told, at, calls, now: clock.now() }
}

test.each(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])(
  '%s is the end',
  async (status) => {
    const { end, now } = await watching({ answers: [is('IN_PROGRESS'), is(status)] })
    expect([end.kind, end.view?.deployment.status, now]).toEqual(['ended', status, 1000])
  },
)

test.each([
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
  'A_WORD_OF_TOMORROW',
])('%s is not the end: the last look is at the deadline', async (status) => {
  const { end, at, now } = await watching({ answers: [is(status)], timeout: 31_500 })
  expect([end.kind, end.view?.deployment.status, now]).toEqual(['timed-out', status, 31_500])
  expect(at('deployment')).toEqual([
    0, 1000, 2000, 4000, 6000, 10_000, 14_000, 18_000, 22_000, 26_000, 30_000, 31_500,
  ])
})

test('an end at the deadline is still seen', async () => {
  const { end } = await watching({
    answers: [is('IN_PROGRESS'), is('IN_PROGRESS'), is('SUCCESSFUL')],
    timeout: 2000,
  })
  expect(end.kind).toBe('ended')
})

test('from 15 minutes on it looks every 12 seconds', async () => {
  const { at } = await watching({ answers: [is('IN_PROGRESS')], timeout: 20 * minute })
  const late = at('deployment').filter((time) => time > 15 * minute)
  expect(late.slice(0, 3).map((time, index, all) => time - (all[index - 1] ?? time))).toEqual([
    0, 12_000, 12_000,
  ])
})

test.each([
  ['no target group', []],
  ['one', ['tg']],
  ['three', ['a', 'b', 'c']],
])('with %s it makes at most 21 calls a minute while nothing changes', async (_, groups) => {
  const { calls } = await watching({ answers: [is('IN_PROGRESS')], groups, timeout: 20 * minute })
  for (let from = minute; from < 20 * minute; from += minute) {
    const count = calls.filter(({ at }) => at >= from && at < from + minute).length
    expect(count).toBeLessThanOrEqual(from < 15 * minute ? 21 : 10)
  }
})

test('a failure is told once and at once, and the end is waited for', async () => {
  const { told, end } = await watching({
    answers: [
      is('IN_PROGRESS'),
      is('ROLLBACK_IN_PROGRESS'),
      is('ROLLBACK_IN_PROGRESS'),
      is('ROLLBACK_SUCCESSFUL'),
    ],
  })
  expect(told).toEqual([
    'IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'failing ROLLBACK_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'ROLLBACK_SUCCESSFUL',
  ])
  expect(end.kind).toBe('ended')
})

test('a failure that was missed between two looks is told at the end', async () => {
  const { told } = await watching({ answers: [is('IN_PROGRESS'), is('ROLLBACK_FAILED')] })
  expect(told).toEqual(['IN_PROGRESS', 'ROLLBACK_FAILED', 'failing ROLLBACK_FAILED'])
})

test('neither success nor a stop is told as a failure', async () => {
  expect((await watching({ answers: [is('STOP_REQUESTED'), is('STOPPED')] })).told).toEqual([
    'STOP_REQUESTED',
    'STOPPED',
  ])
  expect((await watching({ answers: [is('SUCCESSFUL')] })).told).toEqual(['SUCCESSFUL'])
})

test.each([
  ['started', 'IN_PROGRESS', 'started'],
  ['started', 'SUCCESSFUL', 'started'],
  ['started', 'PENDING', 'timed-out'],
  ['started', 'ROLLBACK_SUCCESSFUL', 'ended'],
  ['completed', 'IN_PROGRESS', 'timed-out'],
  ['completed', 'SUCCESSFUL', 'ended'],
] as const)('waiting until %s, %s is %s', async (until, status, kind) => {
  expect((await watching({ answers: [is(status)], until, timeout: 5000 })).end.kind).toBe(kind)
})

test('transient errors are told and waited through, up to the deadline', async () => {
  const { end, told } = await watching({ answers: [throttled, is('SUCCESSFUL')] })
  expect([end.kind, told]).toEqual(['ended', ['Rate exceeded', 'SUCCESSFUL']])
  const blind = await watching({ answers: [throttled], timeout: 5000 })
  expect(blind.end).toEqual({ kind: 'timed-out', view: undefined })
})

test('a denied call ends the wait', async () => {
  await expect(watching({ answers: [denied] })).rejects.toBe(denied)
})

test('a deployment may be unknown for the first minute, and no longer', async () => {
  const unknown = new ActionError('not-found', 'There is no such deployment')
  expect((await watching({ answers: [unknown, unknown, is('SUCCESSFUL')] })).end.kind).toBe('ended')
  await expect(watching({ answers: [unknown] })).rejects.toBe(unknown)
})

test('service and targets are read at first, after each change, and otherwise every 20 seconds', async () => {
  const quiet = Array.from({ length: 5 }, () => is('IN_PROGRESS'))
  const changes = [
    is('IN_PROGRESS', { runningTaskCount: 1 }),
    is('IN_PROGRESS', { runningTaskCount: 1, pendingTaskCount: 1 }),
  ]
  const { at } = await watching({ answers: [...quiet, ...changes], timeout: 40_000 })
  expect(at('service')).toEqual([0, 10_000, 14_000, 34_000])
  expect(at('tg')).toEqual([0, 10_000, 14_000, 34_000])
})

test.each<[string, Partial<ServiceDeployment>]>([
  ['status', { status: 'STOP_REQUESTED' }],
  ['requested', { requestedTaskCount: 3 }],
  ['running', { runningTaskCount: 1 }],
  ['pending', { pendingTaskCount: 0 }],
  ['failures', { circuitBreaker: { status: 'MONITORING', failureCount: 1, threshold: 3 } }],
])('a change of %s is such a change', async (_, change) => {
  const { at } = await watching({ answers: [is('IN_PROGRESS'), is('IN_PROGRESS', change)], timeout: 3000 })
  expect(at('service')).toEqual([0, 1000])
})

test('target health that may not be read is told and left out', async () => {
  const { end, told, at } = await watching({
    answers: [is('PENDING'), is('IN_PROGRESS'), is('SUCCESSFUL')],
    targets: denied,
  })
  expect([end.kind, at('tg')]).toEqual(['ended', [0]])
  expect(told.filter((line) => line === 'not authorized')).toHaveLength(1)
})

test('target health that fails for a moment is read again, and other errors end the wait', async () => {
  const { end, at } = await watching({ answers: [is('PENDING'), is('SUCCESSFUL')], targets: throttled })
  expect([end.kind, at('tg')]).toEqual(['ended', [0, 1000]])
  const expired = new ActionError('credentials', 'expired')
  await expect(watching({ answers: [is('PENDING')], targets: expired })).rejects.toBe(expired)
})
