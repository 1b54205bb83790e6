import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { good } from './testing/behaviour.ts'
import { oneTask } from './testing/situations.ts'
import { stage } from './testing/stage.ts'

const awslogs = (options: JsonObject): JsonObject => ({
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1', ...options },
  },
})

test('log lines go to the stream PREFIX/CONTAINER/TASK', async () => {
  await using on = stage()
  on.groups.add('/ecs/web')
  const task = await oneTask(
    on,
    { ...good, lines: ['hello', 'world'] },
    awslogs({ 'awslogs-stream-prefix': 'app' }),
  )
  await on.until(() => task.lastStatus === 'RUNNING')
  expect(on.lines).toEqual([`/ecs/web app/app/${task.id} hello`, `/ecs/web app/app/${task.id} world`])
})

test.each([
  [
    'without the group',
    awslogs({}),
    /^ResourceInitializationError: .*The specified log group does not exist\.$/,
  ],
  [
    'without a region',
    { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } } },
    /awslogs-region is required$/,
  ],
])('awslogs %s keeps the task from starting', async (_, container, reason) => {
  await using on = stage()
  const task = await oneTask(on, good, container)
  await on.until(() => task.lastStatus === 'STOPPED')
  expect(task.stopCode).toBe('TaskFailedToStart')
  expect(task.stoppedReason).toMatch(reason)
  expect(task.containers[0]?.imageDigest).toMatch(/^sha256:/)
})

test('awslogs-create-group makes the group; another driver needs none', async () => {
  await using on = stage()
  const task = await oneTask(on, good, awslogs({ 'awslogs-create-group': 'true' }))
  await on.until(() => task.lastStatus === 'RUNNING')
  expect([...on.groups]).toEqual(['/ecs/web'])
  await using other = stage()
  const container = { logConfiguration: { logDriver: 'awsfirelens', options: {} } }
  const unlogged = await oneTask(other, { ...good, lines: ['x'] }, container)
  await other.until(() => unlogged.lastStatus === 'RUNNING')
  expect(other.lines).toEqual([])
})
