import { expect, test } from 'vitest'
import { crashing, good } from './testing/behaviour.ts'
import { runningService } from './testing/situations.ts'
import { behindBalancer, liveTasks, stage, story, taskDefinition } from './testing/stage.ts'

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
  })
  expect([...(first?.finalCounts?.values() ?? [])]).toEqual([{ requested: 2, running: 2, pending: 0 }])
  expect(first?.statusReason).toBeUndefined()
  expect(first?.stoppedAt).toBeUndefined()

  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  const [second] = service.serviceDeployments
  expect(second?.sources).toEqual([first?.target])
  expect(service.deployments.map(({ status, updatedAt }) => [status, updatedAt])).toEqual([
    ['PRIMARY', second?.createdAt],
    ['ACTIVE', second?.createdAt],
  ])
  await on.until(() => second?.status === 'SUCCESSFUL')
  const counts = second?.finalCounts
  // The old tasks have been asked to stop; they are not there to come back with the next deployment.
  expect(counts && first && counts.get(first.target)).toMatchObject({ requested: 0 })
  expect(counts && second && counts.get(second.target)).toEqual({ requested: 2, running: 2, pending: 0 })
})

test('SUCCESSFUL comes before COMPLETED, while an old task still runs', async () => {
  await using on = stage()
  const service = await runningService(on, behindBalancer)
  on.scheduler.updateService(service, { taskDefinition: on.release({ stopsAfter: 20 }) })
  const [deployment] = service.serviceDeployments
  await on.until(() => deployment?.status === 'SUCCESSFUL')
  expect(service.deployments).toMatchObject([
    { rolloutState: 'IN_PROGRESS', desiredCount: 2 },
    { status: 'ACTIVE', desiredCount: 0 },
  ])
  const old = [...service.cluster.tasks.values()].filter(({ desiredStatus }) => desiredStatus === 'STOPPED')
  expect(old.some(({ lastStatus }) => lastStatus === 'RUNNING')).toBe(true)
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
