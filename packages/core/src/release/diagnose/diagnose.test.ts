import { expect, test } from 'vitest'
import type { Task } from '../../aws/ecs-model.ts'
import { aContainer, aCrashedTask, aService, aTask, at, older, ours } from '../test-data.ts'
import { diagnose } from './diagnose.ts'
import { elb, notFound, pullFailure, seen, stopped, target, unhealthy } from './sample.ts'

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

test.each<[string, Task[], { task: string; container: string } | undefined]>([
  [
    'the container that died',
    [aCrashedTask('1', 1, { containers: [aContainer({ name: 'proxy', exitCode: 1 })] })],
    { task: '1', container: 'proxy' },
  ],
  [
    'the newest task',
    [
      aCrashedTask('1', 1, { stoppedAt: at(40) }),
      aCrashedTask('2', 1, { stoppedAt: at(90) }),
      aCrashedTask('3', 1, { stoppedAt: undefined }),
    ],
    { task: '2', container: 'app' },
  ],
  [
    'the one behind the load balancer',
    [stopped('1', elb, { containers: [aContainer({ name: 'proxy', exitCode: 1 }), aContainer()] })],
    { task: '1', container: 'app' },
  ],
  [
    'one that ended before it was RUNNING',
    [aCrashedTask('1', 1, { startedAt: undefined })],
    { task: '1', container: 'app' },
  ],
  ['none that never ran', [pullFailure(notFound)], undefined],
  ['none of others', [aCrashedTask('1', 1, { startedBy: older })], undefined],
])('suspects %s', (_, tasks, suspect) => {
  expect(diagnose(seen({ tasks })).suspect).toEqual(suspect)
})

test('without a load balancer the first container is suspected', () => {
  const service = aService({ loadBalancers: [] })
  const tasks = [stopped('1', 'x', { containers: [aContainer({ name: 'proxy' })] })]
  expect(diagnose(seen({ service, tasks })).suspect).toEqual({ task: '1', container: 'proxy' })
})

test('the newest task is suspected wherever it stands, and one exit code is enough to have run', () => {
  const tasks = [aCrashedTask('2', 1, { stoppedAt: at(90) }), aCrashedTask('1', 1, { stoppedAt: at(40) })]
  expect(diagnose(seen({ tasks })).suspect).toEqual({ task: '2', container: 'app' })
  expect(diagnose(seen({ tasks: tasks.toReversed() })).suspect).toEqual({ task: '2', container: 'app' })
  const containers = [aContainer({ exitCode: 1 }), aContainer({ name: 'proxy' })]
  const half = aCrashedTask('1', 1, { startedAt: undefined, containers })
  expect(diagnose(seen({ tasks: [half] })).suspect).toEqual({ task: '1', container: 'app' })
})

test('a group has the reason of the container where no container died', () => {
  const tasks = [pullFailure(notFound, { stoppedReason: 'Task failed to start' })]
  expect(diagnose(seen({ tasks })).stopped[0]?.reason).toBe(`Task failed to start – ${notFound}`)
})
