import { expect, test } from 'vitest'
import { crashing, good } from './testing/behaviour.ts'
import { oneTask, states } from './testing/situations.ts'
import { behindBalancer, liveTasks, stage, targetGroup, taskDefinition } from './testing/stage.ts'
import { defaultTimings as timings } from './timings.ts'

test('StopTask: out of the target group, SIGTERM, exit, STOPPED; the service replaces it', async () => {
  await using on = stage()
  const task = await oneTask(on, { ...good, stopsAfter: 7 }, {}, behindBalancer)
  await on.until(() => task.countedHealthy === true)
  on.scheduler.stopTask(task, 'by hand')
  expect(task).toMatchObject({
    desiredStatus: 'STOPPED',
    lastStatus: 'RUNNING',
    stopCode: 'UserInitiated',
  })
  expect(on.targets.calls.at(-1)).toBe(`deregister ${task.address}`)
  expect(on.runtime.signals).toEqual([])
  expect(await states(on, task, 60)).toEqual([
    ['RUNNING', timings.stopOrder],
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
  // Without a target group there is nothing to leave.
  expect((await states(on, task, 150)).slice(0, 2)).toEqual([
    ['RUNNING', timings.stopOrder],
    ['STOPPING', seconds],
  ])
  expect(on.runtime.signals).toEqual(['app SIGTERM', 'app SIGKILL'])
  expect(task).toMatchObject({ stoppedReason: 'Task stopped by user', containers: [{ exitCode: 137 }] })
})

test('a container that exits before the order to stop has reached it needs no SIGTERM', async () => {
  await using on = stage()
  const task = await oneTask(on, { exitsAfter: 1.5, exitCode: 3 })
  await on.until(() => task.lastStatus === 'RUNNING')
  on.scheduler.stopTask(task, undefined)
  await on.until(() => task.lastStatus === 'STOPPED')
  expect(on.runtime.signals).toEqual([])
  expect(task).toMatchObject({ stopCode: 'UserInitiated', containers: [{ exitCode: 3 }] })
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
  expect(task?.stoppedReason).toBe(
    'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: no such file',
  )
  expect(task).toMatchObject({ stopCode: 'TaskFailedToStart' })
  expect(task).not.toHaveProperty('startedAt')
  expect(task?.containers[1]).not.toHaveProperty('exitCode')
  expect(task?.containers[1]?.reason).toBe(task?.stoppedReason)
  expect(on.runtime.signals).toEqual(['app SIGKILL'])
  expect(on.runtime.running.size).toBe(0)
})

test.each([
  [
    'a tag that is to be resolved',
    { pullError: 'failed to resolve ref web:v1: not found' },
    'web:v1',
    'CannotPullImageManifestError: Error response from daemon: manifest unknown: Requested image not found',
  ],
  [
    'an image by digest',
    { pullError: 'failed to resolve ref web: not found' },
    `web@sha256:${'0'.repeat(64)}`,
    `CannotPullContainerError: Error response from daemon: manifest for web@sha256:${'0'.repeat(64)} not found: manifest unknown: Requested image not found`,
  ],
  [
    'a start',
    { startError: 'failed to create shim task: no' },
    'web:v1',
    'CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: no',
  ],
])('on instances only the container tells why it failed: %s', async (_, behaviour, image, reason) => {
  await using on = stage()
  on.images.push(image, { ...good, ...behaviour })
  const definition = taskDefinition(1, [{ name: 'app', image }])
  const service = on.create(definition, { desiredCount: 1, raw: { launchType: 'EC2' } })
  await on.until(() => [...service.cluster.tasks.values()][0]?.lastStatus === 'STOPPED')
  const [task] = service.cluster.tasks.values()
  expect(task).toMatchObject({
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'Task failed to start',
    containers: [{ reason }],
  })
  const texts = service.events.map(({ message }) => message)
  expect(texts.filter((text) => text.includes('unable to place'))).toEqual([])
})

test("the engine's remark on an exit is the container's reason", async () => {
  await using on = stage()
  const reason = 'OutOfMemoryError: Container killed due to memory usage'
  const task = await oneTask(on, { exitsAfter: 5, exitCode: 137, reason })
  await on.until(() => task.lastStatus === 'STOPPED')
  expect(task).toMatchObject({
    stoppedReason: 'Essential container in task exited',
    containers: [{ exitCode: 137, reason }],
  })
  const silent = await oneTask(on, crashing)
  await on.until(() => silent.lastStatus === 'STOPPED')
  expect(silent.containers[0]).not.toHaveProperty('reason')
})
