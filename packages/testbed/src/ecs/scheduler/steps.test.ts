import { expect, test } from 'vitest'
import { good } from './testing/behaviour.ts'
import { stage } from './testing/stage.ts'

test('a broken invariant stops the scheduler, fails every later call and the disposal', async () => {
  const on = stage()
  const service = on.create(on.release(good))
  await on.until(() => service.cluster.tasks.size > 0)
  const [primary] = service.deployments
  // As if some part of the testbed had changed the state behind the scheduler's back.
  if (primary) primary.status = 'ACTIVE'
  const tasks = service.cluster.tasks.size
  await on.clock.advance(600)
  expect(on.violations.map(({ message }) => message)).toEqual(['service web: 0 PRIMARY deployments'])
  expect(service.cluster.tasks.size).toBe(tasks)
  expect(() => on.scheduler.updateService(service, { desiredCount: 5 })).toThrow('0 PRIMARY deployments')
  await expect(on.scheduler[Symbol.asyncDispose]()).rejects.toThrow('0 PRIMARY deployments')
  expect(on.runtime.running.size).toBe(0)
})

test('a defect in a background step is a violation too', async () => {
  const on = stage()
  const service = on.create(on.release(good))
  on.images.resolve = () => Promise.reject(new Error('the registry is broken'))
  await on.clock.advance(60)
  expect(() => on.scheduler.deleteService(service)).toThrow('the registry is broken')
  await expect(on.scheduler[Symbol.asyncDispose]()).rejects.toThrow('the registry is broken')
})

test('every step is announced', async () => {
  await using on = stage()
  const service = on.create(on.release(good), { desiredCount: 1 })
  expect(on.steps).toBe(1)
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  // PENDING → IN_PROGRESS, passes, and the task's own moves.
  expect(on.steps).toBeGreaterThan(10)
})

test('nothing goes on after disposal', async () => {
  const on = stage()
  const service = on.create(on.release(good))
  await on.scheduler[Symbol.asyncDispose]()
  await on.clock.advance(600)
  expect(service.cluster.tasks.size).toBe(0)
  expect(service.serviceDeployments[0]?.status).toBe('PENDING')
})
