import { expect, test } from 'vitest'
import type { TargetHealth } from '../../aws/elbv2.ts'
import { aCrashedTask, aDeployment, aService, aTask, at, older, throttled } from '../test-data.fixture.ts'
import { crashes, longLived, looking, type Scene, withCheck } from './play-failures.fixture.ts'

const neverRan = ['a', 'b', 'c'].map((id) => aCrashedTask(id, 1, { startedAt: undefined }))

test('three tasks that failed alike are enough, once something has stopped', async () => {
  expect(await looking({})).toEqual({ answers: [undefined, 3], reads: ['STOPPED 4', 'RUNNING 4'] })
})

test('a deployment that goes well costs no call', async () => {
  const counts: [number, number][] = [
    [0, 0],
    [0, 2],
    [1, 1],
    [2, 0],
    [2, 0],
  ]
  expect((await looking({ counts })).reads).toEqual([])
})

test('the count of ECS is a sign as well', async () => {
  expect((await looking({ counts: [[0, 2]], failedTasks: 1 })).answers).toEqual([3])
})

test('tasks are read again when something more has stopped, after 10 seconds at the earliest', async () => {
  const counts: [number, number][] = [
    [0, 2],
    [0, 1],
    [0, 2],
    [0, 1],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 2],
  ]
  const { reads } = await looking({ counts, stopped: [] })
  expect(reads).toEqual(['STOPPED 4', 'STOPPED 16'])
})

test.each<[string, Scene]>([
  ['two failures', { stopped: crashes('a', 'b') }],
  ['different exit codes', { stopped: [...crashes('a', 'b'), aCrashedTask('c', 2)] }],
  [
    'different reasons',
    { stopped: [...crashes('a', 'b'), aCrashedTask('c', 1, { stoppedReason: 'Task failed to start' })] },
  ],
  [
    'different stop codes',
    { stopped: [...crashes('a', 'b'), aCrashedTask('c', 1, { stopCode: undefined })] },
  ],
  [
    'tasks of the deployment before',
    { stopped: ['a', 'b', 'c'].map((id) => aCrashedTask(id, 1, { startedBy: older })) },
  ],
  [
    'tasks of scale-in',
    {
      stopped: ['a', 'b', 'c'].map((id) =>
        aCrashedTask(id, 0, {
          stopCode: 'ServiceSchedulerInitiated',
          stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)',
        }),
      ),
    },
  ],
  [
    'tasks stopped by hand',
    { stopped: ['a', 'b', 'c'].map((id) => aCrashedTask(id, 137, { stopCode: 'UserInitiated' })) },
  ],
  ['a higher limit', { limit: 4 }],
  ['off', { limit: Infinity }],
  ['throttling', { stopped: throttled }],
  [
    'a task that has run for 40 seconds',
    { stopped: longLived, running: [aTask('d', { startedAt: at(24) })] },
  ],
  [
    'a task that has run for 21 seconds, when those that failed ran for 10',
    { running: [aTask('d', { startedAt: at(43) })] },
  ],
  [
    'a task that runs on with a health check that has not passed yet',
    { running: [aTask('d', { startedAt: at(1) })], definition: withCheck },
  ],
  [
    'a task that runs, when those that failed never did',
    { stopped: neverRan, running: [aTask('d', { startedAt: at(50) })] },
  ],
  [
    'a failed task that had run for 40 seconds',
    { stopped: [...crashes('a', 'b', 'c'), aCrashedTask('d', 2, { stoppingAt: at(60) })] },
  ],
  [
    'a task whose health check passes',
    {
      running: [aTask('d', { startedAt: at(62), healthStatus: 'HEALTHY' })],
      definition: withCheck,
    },
  ],
])('waits on with %s', async (_, scene) => {
  expect((await looking(scene)).answers).toEqual([undefined, undefined])
})

test.each<[string, Scene]>([
  [
    'a task that is stopping',
    { running: [aTask('d', { startedAt: at(1), stoppingAt: at(9), desiredStatus: 'STOPPED' })] },
  ],
  [
    'a healthy task of the deployment before',
    { running: [aTask('d', { startedBy: older, healthStatus: 'HEALTHY' })] },
  ],
  [
    'reasons that differ in the task alone',
    {
      stopped: ['a', 'b', 'c'].map((id) =>
        aCrashedTask(id, 1, {
          stoppedReason: `role/${id.repeat(32)} was refused, RequestID: 0a1b2c3d-0000-1111-2222-33334444555${id === 'a' ? 1 : 2}`,
        }),
      ),
    },
  ],
])('gives up with %s', async (_, scene) => {
  expect((await looking(scene)).answers).toEqual([undefined, 3])
})

const target = (id: string, state: string, port = 1): TargetHealth => ({
  id,
  port,
  state,
  reason: undefined,
  description: undefined,
})
const balanced = aService({ deployments: [aDeployment()] })

test.each<[string, TargetHealth[][], number | undefined]>([
  [
    'a new target is healthy',
    [[target('old', 'healthy')], [target('old', 'healthy'), target('new', 'healthy')]],
    undefined,
  ],
  [
    'a new target is not healthy',
    [[target('old', 'healthy')], [target('old', 'healthy'), target('new', 'initial')]],
    3,
  ],
  [
    'a new target was healthy and is gone',
    [
      [target('old', 'healthy')],
      [target('old', 'healthy'), target('new', 'healthy')],
      [target('old', 'healthy')],
    ],
    undefined,
  ],
  [
    'a new target on the instance of an old one is healthy',
    [[target('i-1', 'healthy', 1)], [target('i-1', 'healthy', 1), target('i-1', 'healthy', 2)]],
    undefined,
  ],
  [
    'a new target on the instance of an old one is not healthy',
    [[target('i-1', 'healthy', 1)], [target('i-1', 'healthy', 1), target('i-1', 'unhealthy', 2)]],
    3,
  ],
  [
    'a new target has the address of an old one that has left',
    [[target('i-1', 'healthy')], [target('i-1', 'draining')], [], [target('i-1', 'healthy')]],
    undefined,
  ],
  [
    'an old target drains',
    [[target('i-1', 'healthy')], [target('i-1', 'draining')], [target('i-2', 'initial')]],
    3,
  ],
])('behind a load balancer, when %s', async (_, targets, count) => {
  const running = [aTask('d', { startedAt: undefined })]
  // Something stops at the last look.
  const counts = targets.map((_, index): [number, number] => [0, index === targets.length - 1 ? 1 : 2])
  expect((await looking({ targets, service: balanced, running, counts })).answers.at(-1)).toBe(count)
})

test('behind a load balancer whose targets nobody may read, running for long counts', async () => {
  const running = [aTask('d', { startedAt: at(1) })]
  expect((await looking({ service: balanced, running })).answers[1]).toBeUndefined()
})
