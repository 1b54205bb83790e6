import { expect, test } from 'vitest'
import type { Service } from '../model.ts'
import { crashing, good, unhealthy } from './testing/behaviour.ts'
import { behindBalancer, liveTasks, type Stage, stage, story, taskDefinition } from './testing/stage.ts'

async function running(on: Stage, settings: Partial<Service> = {}): Promise<Service> {
  const service = on.create(on.release(good), settings)
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  return service
}
const seconds = (from: number | undefined, to: number | undefined): number =>
  ((to ?? Number.NaN) - (from ?? Number.NaN)) / 1000

test('a service deployment by moments', async () => {
  await using on = stage()
  const service = on.create(on.release(good))
  const [first] = service.serviceDeployments
  expect(first).toMatchObject({
    status: 'PENDING',
    sources: [],
    breaker: { status: 'MONITORING', failureCount: 0, threshold: 3 },
  })
  expect(first?.startedAt).toBeUndefined()
  expect(first?.arn).toMatch(/:service-deployment\/demo\/web\/[\w-]{21}$/)
  await on.clock.advance(1)
  expect(first?.status).toBe('IN_PROGRESS')
  expect(seconds(first?.createdAt, first?.startedAt)).toBe(0.1)
  const [deployment] = service.deployments
  expect(deployment?.id).toBe(`ecs-svc/${first?.target.number}`)
  expect(first?.target.arn).toMatch(/:service-revision\/demo\/web\/\d{19}$/)
  expect(deployment).toMatchObject({
    desiredCount: 2,
    rolloutStateReason: `ECS deployment ${deployment?.id} in progress.`,
  })
  await on.until(() => deployment?.rolloutState === 'COMPLETED')
  expect(deployment?.rolloutStateReason).toBe(`ECS deployment ${deployment?.id} completed.`)
  expect(first).toMatchObject({
    status: 'SUCCESSFUL',
    breaker: { status: 'MONITORING_COMPLETE' },
    finalCounts: { requested: 2, running: 2, pending: 0 },
  })
  expect(first?.statusReason).toBeUndefined()
  expect(first?.stoppedAt).toBeUndefined()

  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  const [second] = service.serviceDeployments
  expect(second?.sources).toEqual([{ revision: first?.target, requested: 2, running: 2, pending: 0 }])
  expect(service.deployments.map(({ status, updatedAt }) => [status, updatedAt])).toEqual([
    ['PRIMARY', second?.createdAt],
    ['ACTIVE', second?.createdAt],
  ])
})

test('SUCCESSFUL comes before COMPLETED, while an old task is still at its end', async () => {
  await using on = stage()
  const service = await running(on, behindBalancer)
  on.scheduler.updateService(service, { taskDefinition: on.release({ stopsAfter: 20 }) })
  const [deployment] = service.serviceDeployments
  await on.until(() => deployment?.status === 'SUCCESSFUL')
  expect(service.deployments).toMatchObject([{ rolloutState: 'IN_PROGRESS' }, { status: 'ACTIVE' }])
  expect(liveTasks(service).length).toBeGreaterThan(2)
  const done = on.clock.now()
  await on.until(() => service.deployments.length === 1)
  expect(seconds(done, on.clock.now())).toBeGreaterThan(10)
  expect(seconds(done, on.clock.now())).toBeLessThanOrEqual(40)
})

test('a tag is resolved by the first task, and later ones use its digest although the tag has moved', async () => {
  await using on = stage()
  const service = on.create(on.release(good), { desiredCount: 3 })
  await on.until(() => service.cluster.tasks.size > 0)
  expect(service.cluster.tasks.size).toBe(1)
  expect(service.revisions[0]?.digests.size).toBe(0)
  await on.until(() => service.revisions[0]?.digests.size === 1)
  const digest = service.revisions[0]?.digests.get('app')
  on.images.push('web:v1', crashing)
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  expect(on.images.asked).toEqual(['web:v1', `web@${digest}`, `web@${digest}`])
})

test.each([
  ['a digest', (image: string) => ({ image }), (digest: string) => `web@${digest}`],
  ['versionConsistency disabled', () => ({ versionConsistency: 'disabled' }), () => 'web:v1'],
])('with %s all tasks start at once', async (_, container, reference) => {
  await using on = stage()
  const digest = on.images.push('web:v1', good)
  const definition = taskDefinition(1, [{ name: 'app', image: 'web:v1', ...container(`web@${digest}`) }])
  const service = on.create(definition, { desiredCount: 3 })
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  expect(story(service)[0]).toBe('has started 3 tasks: (task T) (task T) (task T).')
  expect(on.images.asked).toEqual(Array(3).fill(reference(digest)))
})

test('a newer deployment supersedes one in progress within a second', async () => {
  await using on = stage()
  const service = await running(on)
  const old = service.deployments[0]
  on.scheduler.updateService(service, { taskDefinition: on.release(unhealthy) })
  const [older] = service.serviceDeployments
  await on.clock.advance(40)
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  const [newer] = service.serviceDeployments
  expect(older?.status).toBe('STOP_REQUESTED')
  expect(service.deployments.map(({ status, rolloutState }) => [status, rolloutState])).toEqual([
    ['PRIMARY', 'IN_PROGRESS'],
    ['ACTIVE', 'IN_PROGRESS'],
    ['ACTIVE', 'COMPLETED'],
  ])
  await on.clock.advance(1)
  expect(older?.status).toBe('STOPPED')
  expect(seconds(newer?.createdAt, older?.finishedAt)).toBe(0.3)
  expect(older?.stoppedAt).toBeUndefined()
  expect(newer?.sources.map(({ revision }) => `ecs-svc/${revision.number}`)).toContain(old?.id)
  await on.until(() => service.deployments.length === 1)
  expect(newer?.status).toBe('SUCCESSFUL')
  expect(story(service)).toContain('stopped 1 pending tasks.')
})

test('superseded while PENDING, and the rollback still goes to the last COMPLETED one', async () => {
  await using on = stage()
  const service = await running(on)
  const old = service.deployments[0]
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  on.scheduler.updateService(service, { taskDefinition: on.release(crashing) })
  const [newer, older] = service.serviceDeployments
  await on.clock.advance(1)
  expect([newer?.status, older?.status]).toEqual(['IN_PROGRESS', 'STOPPED'])
  expect(older?.startedAt).toBeUndefined()
  await on.until(() => newer?.finishedAt !== undefined)
  expect(newer?.rollback?.revision).toBe(old?.revision)
  expect(newer?.status).toBe('ROLLBACK_SUCCESSFUL')
})

test('a deployment that interrupts a rollback cannot itself be rolled back (ecs-model.md 4.1)', async () => {
  await using on = stage()
  const service = await running(on, { desiredCount: 1 })
  on.scheduler.updateService(service, { taskDefinition: on.release(crashing) })
  await on.until(() => service.serviceDeployments[0]?.status === 'ROLLBACK_IN_PROGRESS')
  on.scheduler.updateService(service, { taskDefinition: on.release(crashing) })
  await on.until(() => service.serviceDeployments[0]?.finishedAt !== undefined)
  expect(service.serviceDeployments.map(({ status }) => status)).toEqual([
    'ROLLBACK_FAILED',
    'ROLLBACK_FAILED',
    'SUCCESSFUL',
  ])
  expect(service.serviceDeployments[0]?.statusReason).toBe(
    'No rollback candidate was found to run the rollback.',
  )
})

test('stopped by the user: rolled back, whatever the breaker is set to', async () => {
  await using on = stage()
  const circuitBreaker = {
    enable: false,
    rollback: false,
    resetOnHealthyTask: true,
    threshold: { type: 'COUNT', value: 1 },
  } as const
  const service = await running(on, { ...behindBalancer, circuitBreaker })
  const old = service.deployments[0]
  on.scheduler.updateService(service, { taskDefinition: on.release(unhealthy) })
  const [deployment] = service.serviceDeployments
  await on.clock.advance(70)
  on.scheduler.rollBack(service, deployment ?? expect.fail())
  expect(deployment?.status).toBe('ROLLBACK_REQUESTED')
  await on.clock.advance(1)
  expect(deployment).toMatchObject({
    status: 'ROLLBACK_IN_PROGRESS',
    rollback: { reason: 'Service deployment rolled back by user.' },
  })
  on.scheduler.rollBack(service, deployment ?? expect.fail())
  await on.until(() => service.deployments.length === 1)
  expect(deployment).toMatchObject({
    status: 'ROLLBACK_SUCCESSFUL',
    statusReason: 'Service deployment rolled back by user.',
  })
  expect(deployment?.stoppedAt).toBeDefined()
  expect(service.deployments[0]).toBe(old)
})

test('a newer deployment comes before the rollback that a user asked for', async () => {
  await using on = stage()
  const service = await running(on)
  on.scheduler.updateService(service, { taskDefinition: on.release(unhealthy) })
  on.scheduler.rollBack(service, service.serviceDeployments[0] ?? expect.fail())
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  const [newer, older] = service.serviceDeployments
  await on.clock.advance(1)
  expect(older?.status).toBe('STOPPED')
  await on.until(() => service.deployments.length === 1)
  expect(newer?.status).toBe('SUCCESSFUL')
  expect(service.deployments[0]?.revision).toBe(newer?.target)
})

test('stopped by the user on a first deployment: no candidate', async () => {
  await using on = stage()
  const service = on.create(on.release(unhealthy), behindBalancer)
  const [deployment] = service.serviceDeployments
  on.scheduler.rollBack(service, deployment ?? expect.fail())
  await on.clock.advance(2)
  expect(deployment?.status).toBe('ROLLBACK_FAILED')
  await on.clock.advance(100)
  expect(service.cluster.tasks.size).toBe(0)
})

test('desired 0: SUCCESSFUL without a task or a digest; scaling up resolves', async () => {
  await using on = stage()
  const service = on.create(on.release(good), { desiredCount: 0 })
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED', 60)
  expect(service.serviceDeployments[0]?.status).toBe('SUCCESSFUL')
  expect(service.revisions[0]?.digests.size).toBe(0)
  on.scheduler.updateService(service, { desiredCount: 2 })
  await on.until(() => liveTasks(service).filter(({ countedHealthy }) => countedHealthy).length === 2)
  expect(service.serviceDeployments).toHaveLength(1)
})

test('scale in behind a balancer drains, then stops with its own deployment as the reason', async () => {
  await using on = stage({ delay: 60 })
  const service = await running(on, { ...behindBalancer, desiredCount: 3 })
  on.scheduler.updateService(service, { desiredCount: 1 })
  expect(service.deployments[0]?.desiredCount).toBe(1)
  await on.until(() => liveTasks(service).some(({ drainingSince }) => drainingSince !== undefined))
  const draining = liveTasks(service).filter(({ drainingSince }) => drainingSince !== undefined)
  expect(draining).toHaveLength(2)
  await on.clock.advance(59)
  expect(draining).toMatchObject([{ lastStatus: 'RUNNING' }, { lastStatus: 'RUNNING' }])
  await on.until(() => liveTasks(service).length === 1)
  expect(draining[0]).toMatchObject({
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: `Scaling activity initiated by (deployment ${service.deployments[0]?.id})`,
  })
  await on.clock.advance(12)
  expect(
    story(service)
      .slice(-4)
      .map((text) => text.replace(/target-group .*/, 'TG)')),
  ).toEqual([
    'deregistered 2 targets in (TG)',
    'has begun draining connections on 2 tasks.',
    'has stopped 2 running tasks: (task T) (task T).',
    'has reached a steady state.',
  ])
})

test('percentages that allow nothing are reported once, and the service stays as it is', async () => {
  await using on = stage()
  const service = await running(on, { minimumHealthyPercent: 75, maximumPercent: 125 })
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  await on.clock.advance(600)
  expect(story(service).filter((text) => text.startsWith('was unable to stop or start tasks'))).toHaveLength(
    1,
  )
  expect(service.cluster.tasks.size).toBe(2)
  on.scheduler.updateService(service, { maximumPercent: 150 })
  await on.until(() => service.serviceDeployments[0]?.status === 'SUCCESSFUL')
})

test('a steady service notices an unhealthy task, and counts no failure', async () => {
  await using on = stage()
  const service = on.create(
    on.release({ stopsAfter: 1, target: (s) => (s < 10 ? 'initial' : s < 200 ? 'healthy' : 'unhealthy') }),
    { ...behindBalancer, desiredCount: 1 },
  )
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  await on.until(() => service.cluster.tasks.size === 2)
  expect(
    story(service)
      .slice(-4)
      .map((text) => text.replace(/target-group .*?\)/, 'TG)')),
  ).toEqual([
    'has started 1 tasks: (task T). Amazon ECS replaced 1 tasks due to an unhealthy status.',
    '(task T) (port 8080) is unhealthy in (TG) due to (reason Health checks failed with these codes: [503]).',
    'deregistered 1 targets in (TG)',
    'has stopped 1 running tasks: (task T).',
  ])
  expect(service.deployments[0]).toMatchObject({ failedTasks: 0, rolloutState: 'COMPLETED' })
})

test('the grace period keeps a slow starter alive', async () => {
  await using on = stage()
  const slow = { stopsAfter: 1, target: (s: number) => (s < 120 ? 'unhealthy' : 'healthy') } as const
  const service = on.create(on.release(slow), { ...behindBalancer, healthCheckGracePeriodSeconds: 180 })
  await on.until(() => service.serviceDeployments[0]?.status === 'SUCCESSFUL')
  expect(service.cluster.tasks.size).toBe(2)
})

test('a deleted service drains and ends INACTIVE', async () => {
  await using on = stage()
  const service = await running(on, behindBalancer)
  on.scheduler.deleteService(service)
  expect(service).toMatchObject({ status: 'DRAINING', desiredCount: 0 })
  await on.until(() => service.status === 'INACTIVE')
  expect(liveTasks(service)).toEqual([])
  expect(service.deployments).toEqual([])
  await on.clock.advance(100)
})
