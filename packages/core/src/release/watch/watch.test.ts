import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import { denied, throttled } from '../test-data.fixture.ts'
import { is, watching } from './play.fixture.ts'

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
