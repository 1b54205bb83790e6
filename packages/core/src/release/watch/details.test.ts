import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import type { ServiceDeployment } from '../../aws/ecs-model.ts'
import { denied, throttled } from '../test-data.fixture.ts'
import { is, minute, watching } from './play.fixture.ts'

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

test('a look shows what was read last, and what was known before where reading fails', async () => {
  const { views } = await watching({
    answers: [is('PENDING'), is('IN_PROGRESS'), is('IN_PROGRESS'), is('SUCCESSFUL')],
  })
  expect(views.map(({ service, targets }) => [service.runningCount, targets.map(({ id }) => id)])).toEqual([
    [0, ['0']],
    [1000, ['1000']],
    [1000, ['1000']],
    [4000, ['4000']],
  ])
  const blind = await watching({ answers: [is('PENDING'), is('SUCCESSFUL')], targets: throttled })
  expect(blind.views.map(({ targets }) => targets)).toEqual([[], []])
})
