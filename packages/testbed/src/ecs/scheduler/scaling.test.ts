import { expect, test } from 'vitest'
import { good } from './testing/behaviour.ts'
import { breaker, runningService } from './testing/situations.ts'
import { behindBalancer, liveTasks, stage, story } from './testing/stage.ts'

test('scale in behind a balancer drains, then stops with its own deployment as the reason', async () => {
  await using on = stage({ delay: 60 })
  const service = await runningService(on, { ...behindBalancer, desiredCount: 3 })
  on.scheduler.updateService(service, { desiredCount: 1 })
  expect(service.deployments[0]?.desiredCount).toBe(1)
  await on.until(() => liveTasks(service).some(({ drainingSince }) => drainingSince !== undefined))
  const draining = liveTasks(service).filter(({ drainingSince }) => drainingSince !== undefined)
  expect(draining).toHaveLength(2)
  expect(service.deployments[0]?.desiredCount).toBe(1)
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
  const service = await runningService(on, { minimumHealthyPercent: 75, maximumPercent: 125 })
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
    { ...behindBalancer, desiredCount: 1, ...breaker({ resetOnHealthyTask: false }) },
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
  await on.clock.advance(100)
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
  const service = await runningService(on, behindBalancer)
  on.scheduler.deleteService(service)
  expect(service).toMatchObject({ status: 'DRAINING', desiredCount: 0 })
  await on.until(() => service.status === 'INACTIVE')
  expect(liveTasks(service)).toEqual([])
  expect(service.deployments).toEqual([])
  await on.clock.advance(100)
})
