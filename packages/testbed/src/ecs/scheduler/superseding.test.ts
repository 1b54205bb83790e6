import { expect, test } from 'vitest'
import { crashing, good, unhealthy } from './testing/behaviour.ts'
import { runningService } from './testing/situations.ts'
import { behindBalancer, stage, story } from './testing/stage.ts'

const seconds = (from: number | undefined, to: number | undefined): number =>
  ((to ?? Number.NaN) - (from ?? Number.NaN)) / 1000

test('a newer deployment supersedes one in progress within a second', async () => {
  await using on = stage()
  const service = await runningService(on)
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
  expect(newer?.sources.map(({ number }) => `ecs-svc/${number}`)).toContain(old?.id)
  await on.until(() => service.deployments.length === 1)
  expect(newer?.status).toBe('SUCCESSFUL')
  expect(story(service)).toContain('stopped 1 pending tasks.')
})

test('superseded while PENDING, and the rollback still goes to the last COMPLETED one', async () => {
  await using on = stage()
  const service = await runningService(on)
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
  const service = await runningService(on, { desiredCount: 1 })
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
  const service = await runningService(on, { ...behindBalancer, circuitBreaker })
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
  const service = await runningService(on)
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
