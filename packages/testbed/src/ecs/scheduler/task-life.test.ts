import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import type { Task } from '../model.ts'
import { type Behaviour, crashing, good } from './testing/behaviour.ts'
import { behindBalancer, liveTasks, type Stage, stage, targetGroup, taskDefinition } from './testing/stage.ts'
import { defaultTimings as timings } from './timings.ts'

/** A service of one task, and that task as soon as there is one. */
async function oneTask(
  on: Stage,
  behaviour: Behaviour,
  container: JsonObject = {},
  settings = {},
): Promise<Task> {
  const service = on.create(on.release(behaviour, container), { desiredCount: 1, ...settings })
  await on.until(() => liveTasks(service).length > 0)
  const [task] = liveTasks(service)
  if (!task) throw new Error('no task')
  return task
}

/** The states that a task goes through from now on, with the seconds each takes. */
async function states(on: Stage, task: Task, seconds: number): Promise<(readonly [string, number])[]> {
  const seen: { status: string; since: number }[] = []
  for (let step = 0; step <= seconds * 2; step++) {
    if (seen.at(-1)?.status !== task.lastStatus) seen.push({ status: task.lastStatus, since: on.clock.now() })
    await on.clock.advance(0.5)
  }
  return seen.map(({ status, since }, index) => {
    const next = seen[index + 1]?.since
    return [status, next === undefined ? Number.POSITIVE_INFINITY : (next - since) / 1000] as const
  })
}

test('from PROVISIONING to RUNNING, with the moments that DescribeTasks shows', async () => {
  await using on = stage()
  const task = await oneTask(on, good)
  expect(task).toMatchObject({
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    group: 'service:web',
  })
  expect(task.startedBy).toBe(task.service.deployments[0]?.id)
  expect(task.arn).toBe(`arn:aws:ecs:us-east-1:111122223333:task/demo/${task.id}`)
  expect(await states(on, task, 60)).toEqual([
    ['PROVISIONING', timings.provisioning],
    ['PENDING', timings.placing],
    ['ACTIVATING', timings.pull + timings.activating],
    ['RUNNING', Number.POSITIVE_INFINITY],
  ])
  const since = (moment: number | undefined): number => ((moment ?? Number.NaN) - task.createdAt) / 1000
  expect(since(task.connectivityAt)).toBe(10)
  expect(since(task.pullStartedAt)).toBe(20)
  expect(since(task.pullStoppedAt)).toBe(24)
  expect(since(task.startedAt)).toBe(26)
  expect(task.version).toBe(4)
  const [container] = task.containers
  expect(container).toMatchObject({ name: 'app', image: 'web:v1', lastStatus: 'RUNNING' })
  expect(container?.imageDigest).toBe(task.service.revisions[0]?.digests.get('app'))
  expect(container?.runtimeId).toBe(`${task.id}-1`)
})

test('StopTask: out of the target group, SIGTERM, exit, STOPPED; the service replaces it', async () => {
  await using on = stage()
  const task = await oneTask(on, { ...good, stopsAfter: 7 }, {}, behindBalancer)
  await on.until(() => task.countedHealthy === true)
  on.scheduler.stopTask(task, 'by hand')
  expect(task).toMatchObject({
    desiredStatus: 'STOPPED',
    lastStatus: 'DEACTIVATING',
    stopCode: 'UserInitiated',
  })
  expect(on.targets.calls.at(-1)).toBe(`deregister ${task.address}`)
  expect(on.runtime.signals).toEqual([])
  expect(await states(on, task, 60)).toEqual([
    ['DEACTIVATING', timings.deactivating],
    ['STOPPING', 7],
    ['DEPROVISIONING', timings.deprovisioning],
    ['STOPPED', Number.POSITIVE_INFINITY],
  ])
  expect(task.stoppedReason).toBe('by hand')
  expect(task.containers[0]).toMatchObject({ exitCode: 143, lastStatus: 'STOPPED' })
  expect(on.runtime.signals).toEqual(['app SIGTERM'])
  expect(on.addresses.has(task.address ?? '')).toBe(false)
  expect(liveTasks(task.service)).toHaveLength(1)
  expect(task.service.deployments[0]?.failedTasks).toBe(0)
  const texts = task.service.events.map(({ message }) => message)
  expect(texts).toContain(`(service web) deregistered 1 targets in (target-group ${targetGroup})`)
})

test.each([
  { stopTimeout: undefined, seconds: 30 },
  { stopTimeout: 120, seconds: 120 },
])('SIGKILL after a stopTimeout of $seconds s', async ({ stopTimeout, seconds }) => {
  await using on = stage()
  const task = await oneTask(on, { stopsAfter: undefined }, stopTimeout === undefined ? {} : { stopTimeout })
  await on.until(() => task.lastStatus === 'RUNNING')
  on.scheduler.stopTask(task, undefined)
  expect((await states(on, task, 150)).find(([status]) => status === 'STOPPING')).toEqual([
    'STOPPING',
    seconds,
  ])
  expect(on.runtime.signals).toEqual(['app SIGTERM', 'app SIGKILL'])
  expect(task).toMatchObject({ stoppedReason: 'Task stopped by user', containers: [{ exitCode: 137 }] })
})

test('an essential container that exits ends the task, whatever its code', async () => {
  await using on = stage()
  const task = await oneTask(on, { ...crashing, exitCode: 0 })
  await on.until(() => task.lastStatus === 'STOPPED')
  expect(task).toMatchObject({
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{ exitCode: 0 }],
  })
  expect((task.stoppedAt ?? 0) - (task.executionStoppedAt ?? 0)).toBe(timings.deprovisioning * 1000)
})

test('a non-essential container may exit; when the essential one does, the others get SIGTERM', async () => {
  await using on = stage()
  on.images.push('web:v1', { exitsAfter: 200, exitCode: 3 })
  on.images.push('sidecar:v1', { exitsAfter: 20, exitCode: 9 })
  on.images.push('agent:v1', { stopsAfter: 2 })
  const containers = [
    { name: 'app', image: 'web:v1' },
    { name: 'sidecar', image: 'sidecar:v1', essential: false },
    { name: 'agent', image: 'agent:v1', essential: false },
  ]
  const service = on.create(taskDefinition(1, containers), { desiredCount: 1 })
  await on.until(() => liveTasks(service)[0]?.containers[1]?.exitCode === 9)
  const [task] = liveTasks(service)
  expect(task).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' })
  await on.until(() => task?.lastStatus === 'STOPPED')
  expect(task?.containers.map(({ exitCode }) => exitCode)).toEqual([3, 9, 143])
  expect(on.runtime.signals).toEqual(['agent SIGTERM'])
})

test('a pull that fails: the texts, no exit code, and the place is free again after 45 s', async () => {
  await using on = stage()
  const task = await oneTask(on, { pullError: 'pull image manifest has been retried 7 time(s): not found' })
  expect(await states(on, task, 120)).toEqual([
    ['PROVISIONING', 10],
    ['PENDING', 10],
    ['ACTIVATING', timings.failedPull],
    ['DEPROVISIONING', timings.neverRanDeprovisioning],
    ['STOPPED', Number.POSITIVE_INFINITY],
  ])
  const reason = 'CannotPullContainerError: pull image manifest has been retried 7 time(s): not found'
  expect(task).toMatchObject({
    stopCode: 'TaskFailedToStart',
    stoppedReason: reason,
    containers: [{ reason }],
  })
  expect(task.startedAt).toBeUndefined()
  expect(task.pullStoppedAt).toBeUndefined()
  expect(task.containers[0]?.exitCode).toBeUndefined()
  expect(task.containers[0]?.imageDigest).toBeUndefined()
  const texts = task.service.events.map(({ message }) => message)
  expect(texts).toContain(`(service web) was unable to place a task. Reason: ${reason}`)
})

test('a container that cannot be started takes the others of its task with it', async () => {
  await using on = stage()
  on.images.push('web:v1', good)
  on.images.push('broken:v1', { startError: 'no such file' })
  const containers = [
    { name: 'app', image: 'web:v1' },
    { name: 'broken', image: 'broken:v1', essential: false },
  ]
  const service = on.create(taskDefinition(1, containers), { desiredCount: 1 })
  await on.until(() => [...service.cluster.tasks.values()][0]?.lastStatus === 'STOPPED')
  const [task] = service.cluster.tasks.values()
  expect(task?.stoppedReason).toBe('CannotStartContainerError: failed to get container status: no such file')
  expect(task?.containers[1]?.reason).toBe(task?.stoppedReason)
  expect(on.runtime.signals).toEqual(['app SIGKILL'])
  expect(on.runtime.running.size).toBe(0)
})

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

test('health checks run in the container, at the interval, from its start on', async () => {
  await using on = stage()
  const healthCheck = { command: ['CMD', 'check', '-q'], interval: 10, retries: 2 }
  const task = await oneTask(on, { ...good, checkPasses: (seconds) => seconds < 25 }, { healthCheck })
  await on.until(() => task.lastStatus === 'RUNNING')
  expect(task.healthStatus).toBe('UNKNOWN')
  await on.clock.advance(10)
  expect(task.healthStatus).toBe('HEALTHY')
  expect(on.runtime.commands).toEqual(['check -q'])
  await on.clock.advance(20)
  expect(task.healthStatus).toBe('HEALTHY')
  await on.clock.advance(10)
  expect(task.healthStatus).toBe('UNHEALTHY')
  await on.until(() => task.lastStatus === 'STOPPED')
  expect(task).toMatchObject({
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Task failed container health checks',
  })
})

test('with several target groups a task registers before RUNNING and is deregistered while DEACTIVATING', async () => {
  await using on = stage({ delay: 50 })
  const balancer = behindBalancer.loadBalancers
  const loadBalancers = [
    ...balancer,
    ...balancer.map((one) => ({ ...one, targetGroupArn: `${targetGroup}2` })),
  ]
  const task = await oneTask(on, good, {}, { loadBalancers })
  await on.until(() => task.lastStatus === 'RUNNING')
  expect(on.targets.calls).toEqual([`register ${task.address}`, `register ${task.address}`])
  await on.until(() => task.service.deployments[0]?.rolloutState === 'COMPLETED')
  on.scheduler.updateService(task.service, { desiredCount: 0 })
  await on.until(() => task.desiredStatus === 'STOPPED')
  expect(await states(on, task, 100)).toContainEqual(['DEACTIVATING', 50])
  expect(task.drainingSince).toBeUndefined()
})

test('stopped tasks can be described for an hour', async () => {
  await using on = stage()
  const task = await oneTask(on, good)
  await on.until(() => task.lastStatus === 'RUNNING')
  on.scheduler.stopTask(task, undefined)
  await on.until(() => task.lastStatus === 'STOPPED')
  await on.clock.advance(3590)
  expect(task.service.cluster.tasks.has(task.id)).toBe(true)
  await on.clock.advance(30)
  expect(task.service.cluster.tasks.has(task.id)).toBe(false)
})

test('disposal kills what runs', async () => {
  const on = stage()
  const task = await oneTask(on, { stopsAfter: undefined })
  await on.until(() => task.lastStatus === 'RUNNING')
  await on[Symbol.asyncDispose]()
  expect(on.runtime.running.size).toBe(0)
})
