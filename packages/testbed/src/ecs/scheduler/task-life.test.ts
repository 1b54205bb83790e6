import { expect, test } from 'vitest'
import { good } from './testing/behaviour.ts'
import { oneTask, states } from './testing/situations.ts'
import { behindBalancer, liveTasks, stage, targetGroup, taskDefinition } from './testing/stage.ts'
import { defaultTimings as timings } from './timings.ts'

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
  // RUNNING was the 4th version, HEALTHY the 5th; the check that confirmed it changed nothing.
  expect(task.version).toBe(5)
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
  await on.clock.advance(3599)
  expect(task.service.cluster.tasks.has(task.id)).toBe(true)
  await on.clock.advance(1)
  expect(task.service.cluster.tasks.has(task.id)).toBe(false)
})

test('and those of a deleted service no longer', async () => {
  await using on = stage()
  const { service } = await oneTask(on, good)
  on.scheduler.deleteService(service)
  await on.until(() => service.status === 'INACTIVE')
  expect(service.cluster.tasks.size).toBe(1)
  await on.clock.advance(3600)
  expect(service.cluster.tasks.size).toBe(0)
})

test('disposal kills what runs', async () => {
  const on = stage()
  const task = await oneTask(on, { stopsAfter: undefined })
  await on.until(() => task.lastStatus === 'RUNNING')
  await on[Symbol.asyncDispose]()
  expect(on.runtime.running.size).toBe(0)
})

test('the container gets what the definition says, and nothing that it does not', async () => {
  await using on = stage()
  const task = await oneTask(on, good, {
    entryPoint: ['/entry'],
    command: ['serve', '--fast'],
    workingDirectory: '/app',
    environment: [{ name: 'PORT', value: '8080' }],
    portMappings: [{ containerPort: 8080 }, { name: 'none' }],
  })
  await on.until(() => task.lastStatus === 'RUNNING')
  expect(on.runtime.started[0]).toMatchObject({
    taskId: task.id,
    name: 'app',
    address: task.address,
    entryPoint: ['/entry'],
    command: ['serve', '--fast'],
    workingDirectory: '/app',
    environment: { PORT: '8080' },
    ports: [8080],
  })
  await using other = stage()
  const plain = await oneTask(other, good)
  await other.until(() => plain.lastStatus === 'RUNNING')
  expect(Object.keys(other.runtime.started[0] ?? {}).sort()).toEqual([
    'address',
    'architecture',
    'environment',
    'image',
    'name',
    'ports',
    'taskId',
  ])
})

test.each([
  { takes: 3, pull: timings.pull },
  { takes: 15, pull: 15 },
])('a registry that takes $takes s makes the pull last $pull s', async ({ takes, pull }) => {
  await using on = stage()
  const resolve = on.images.resolve
  on.images.resolve = async (reference) => {
    await new Promise<void>((done) => void on.clock.after(takes, done))
    return resolve(reference)
  }
  const task = await oneTask(on, good)
  await on.until(() => task.lastStatus === 'RUNNING')
  expect(((task.pullStoppedAt ?? 0) - (task.pullStartedAt ?? 0)) / 1000).toBe(pull)
})
