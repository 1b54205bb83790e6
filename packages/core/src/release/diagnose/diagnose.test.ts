import { expect, test } from 'vitest'
import { aContainer, aCrashedTask, aTask, older, ours } from '../test-data.fixture.ts'
import { diagnose } from './diagnose.ts'
import { notFound, pullFailure, seen, target, unhealthy } from './sample.fixture.ts'

const noMemory = aContainer({
  exitCode: 137,
  reason: 'OutOfMemoryError: Container killed due to memory usage',
})

test('stopped tasks are grouped by what ended them, the most frequent first', () => {
  const tasks = [aCrashedTask('a', 137), aCrashedTask('b', 1), aCrashedTask('c', 1), pullFailure(notFound)]
  expect(diagnose(seen({ tasks })).stopped).toMatchObject([
    {
      count: 2,
      reason: 'Essential container in task exited',
      container: 'app',
      exitCode: 1,
      meaning: 'the program ended with an error',
      tasks: ['b', 'c'],
    },
    { count: 1, exitCode: 137, tasks: ['a'] },
    {
      count: 1,
      reason: notFound,
      container: undefined,
      exitCode: undefined,
      meaning: undefined,
      stopCode: 'TaskFailedToStart',
    },
  ])
  const both = aCrashedTask('d', 137, { containers: [noMemory] })
  expect(diagnose(seen({ tasks: [both] })).stopped[0]?.reason).toBe(
    'Essential container in task exited – OutOfMemoryError: Container killed due to memory usage',
  )
  expect(
    diagnose(seen({ tasks: [aCrashedTask('e', 1, { stoppedReason: undefined })] })).stopped[0]?.reason,
  ).toBe('no reason given')
})

test('a hundred like failures give five pieces of evidence', () => {
  const tasks = Array.from({ length: 100 }, (_, index) => aCrashedTask(String(index), 1))
  expect(diagnose(seen({ tasks })).findings[0].evidence).toHaveLength(5)
})

test('targets that are healthy or draining are not worth a line', () => {
  const targets = ['healthy', 'draining', 'initial', 'unhealthy'].map((state) => target({ state }))
  expect(
    diagnose(
      seen({ targets: [...targets, target({ state: 'unused', reason: undefined, description: undefined })] }),
    ).targets,
  ).toEqual([
    '10.0.0.9:3000 initial · Target.ResponseCodeMismatch · Health checks failed with these codes: [503]',
    '10.0.0.9:3000 unhealthy · Target.ResponseCodeMismatch · Health checks failed with these codes: [503]',
    '10.0.0.9:3000 unused',
  ])
})

test('events of other tasks and deployments, and older ones, are left out', () => {
  const events = [
    `(service web) (deployment ${ours}) deployment failed.`,
    '(service web) has started 2 tasks: (task 9) (task 1).',
    '(service web) has reached a steady state.',
    `(service web) (deployment ${older}) deployment completed.`,
    unhealthy('9'),
  ]
  const observed = seen({ tasks: [aTask('1'), aTask('9', { startedBy: older })], events })
  expect(diagnose(observed).events).toEqual(events.slice(0, 3).toReversed())
  expect(
    diagnose({ ...observed, earlierEvents: new Set(observed.service.events.map(({ id }) => id)) }).events,
  ).toEqual([])
})

test('a group has the reason of the container where no container died', () => {
  const tasks = [pullFailure(notFound, { stoppedReason: 'Task failed to start' })]
  expect(diagnose(seen({ tasks })).stopped[0]?.reason).toBe(`Task failed to start – ${notFound}`)
})
