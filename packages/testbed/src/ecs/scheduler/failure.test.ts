import { expect, test } from 'vitest'
import { type Behaviour, crashing, good, missing, unhealthy } from './testing/behaviour.ts'
import { breaker, runningService, terminal } from './testing/situations.ts'
import { behindBalancer, liveTasks, stage, story } from './testing/stage.ts'

test.each([
  ['crashes', crashing, 'Essential container in task exited'],
  ['is not in the registry', missing, `CannotPullContainerError: ${missing.pullError}`],
  ['fails its target group', unhealthy, 'Task failed ELB health checks in'],
])(
  'a release that %s is rolled back to the old id and digests, without a healthy task lost',
  async (_, broken, reason) => {
    await using on = stage()
    const service = await runningService(on, behindBalancer)
    const old = service.deployments[0]
    const digest = old?.revision.digests.get('app')
    // What the old tag names by now must not matter.
    on.images.push('web:v1', crashing)
    on.scheduler.updateService(service, { taskDefinition: on.release(broken) })
    const created = on.clock.now()
    const failed = service.deployments[0]
    const [deployment] = service.serviceDeployments
    await on.until(() => failed?.rolloutState === 'FAILED')
    expect(service.deployments.map(({ id, status }) => [id, status])).toEqual([
      [old?.id, 'PRIMARY'],
      [failed?.id, 'ACTIVE'],
    ])
    expect(old).toMatchObject({
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${old?.id}.`,
    })
    expect(failed?.rolloutStateReason).toBe('ECS deployment circuit breaker: tasks failed to start.')
    expect(failed?.failedTasks).toBe(3)
    expect(deployment).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      breaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
      rollback: { revision: old?.revision },
    })
    await on.until(() => old?.rolloutState === 'COMPLETED')
    expect(deployment).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
    })
    const counts = [deployment?.target, old?.revision].map((one) => one && deployment?.finalCounts?.get(one))
    expect(counts).toMatchObject([{ pending: 0 }, { requested: 2, running: 2, pending: 0 }])
    expect(deployment?.stoppedAt).toBeUndefined()
    expect(service.deployments.map(({ id }) => id)).toEqual([old?.id])
    const stopped = [...service.cluster.tasks.values()].filter(({ startedBy }) => startedBy === failed?.id)
    expect(stopped.some(({ stoppedReason }) => stoppedReason?.startsWith(reason))).toBe(true)
    expect(liveTasks(service).map(({ containers }) => containers[0]?.imageDigest)).toEqual([digest, digest])
    // The two old tasks have served all along.
    expect(liveTasks(service).every(({ createdAt }) => createdAt < created)).toBe(true)
  },
)

test('a replacement during the rollback runs the digest that the old revision recorded', async () => {
  await using on = stage()
  const service = await runningService(on)
  const [revision] = service.revisions
  on.images.push('web:v1', crashing)
  on.scheduler.stopTask(liveTasks(service)[0] ?? expect.fail(), undefined)
  await on.clock.advance(60)
  expect(on.images.asked.at(-1)).toBe(`web@${revision?.digests.get('app')}`)
  // A forced deployment resolves the tag again.
  on.scheduler.updateService(service, { forceNewDeployment: true })
  await on.clock.advance(60)
  expect(on.images.asked.at(-1)).toBe('web:v1')
})

test('the first deployment has nothing to go back to', async () => {
  await using on = stage()
  const service = on.create(on.release(crashing), { desiredCount: 1 })
  const [deployment] = service.serviceDeployments
  await on.until(terminal(service))
  expect(deployment).toMatchObject({
    status: 'ROLLBACK_FAILED',
    statusReason: 'No rollback candidate was found to run the rollback.',
  })
  expect(deployment?.rollback).toBeUndefined()
  expect(service.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'FAILED', failedTasks: 3 }])
  expect(story(service)).not.toContain('rolling back to deployment ecs-svc/N.')
  const tasks = service.cluster.tasks.size
  await on.clock.advance(600)
  expect(service.cluster.tasks.size).toBe(tasks)
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  await on.until(() => service.serviceDeployments[0]?.status === 'SUCCESSFUL')
})

test('rollback off: the deployment stops, the old tasks stay and are still replaced', async () => {
  await using on = stage()
  const service = await runningService(on, breaker({ rollback: false }))
  on.scheduler.updateService(service, { taskDefinition: on.release(crashing) })
  const [deployment] = service.serviceDeployments
  await on.until(() => deployment?.status === 'STOP_REQUESTED')
  await on.until(terminal(service))
  expect(deployment?.status).toBe('STOPPED')
  expect(deployment?.stoppedAt).toBeDefined()
  expect(deployment?.rollback).toBeUndefined()
  on.scheduler.stopTask(liveTasks(service)[0] ?? expect.fail(), undefined)
  await on.clock.advance(200)
  expect(service.deployments).toMatchObject([
    { status: 'PRIMARY', rolloutState: 'FAILED' },
    { status: 'ACTIVE', rolloutState: 'COMPLETED' },
  ])
  const old = liveTasks(service).filter(({ startedBy }) => startedBy === service.deployments[1]?.id)
  expect(old).toHaveLength(2)
  expect(liveTasks(service)).toHaveLength(2)
})

test('breaker off: in progress for ever, failures counted, old tasks untouched', async () => {
  await using on = stage()
  const service = await runningService(on, breaker({ enable: false }))
  on.scheduler.updateService(service, { taskDefinition: on.release(crashing) })
  await on.clock.advance(1800)
  const [primary] = service.deployments
  expect(primary).toMatchObject({ rolloutState: 'IN_PROGRESS' })
  expect(primary?.failedTasks).toBeGreaterThan(8)
  expect(service.serviceDeployments[0]).toMatchObject({
    status: 'IN_PROGRESS',
    breaker: { status: 'DISABLED', failureCount: 0, threshold: 0 },
  })
  expect(liveTasks(service).filter(({ countedHealthy }) => countedHealthy)).toHaveLength(2)
})

test('a rollback that fails in turn ends ROLLBACK_FAILED', async () => {
  await using on = stage()
  const old: Behaviour = { stopsAfter: 1 }
  const service = on.create(on.release(old), {
    desiredCount: 1,
    minimumHealthyPercent: 0,
    maximumPercent: 100,
  })
  await on.until(() => service.deployments[0]?.rolloutState === 'COMPLETED')
  on.scheduler.updateService(service, { taskDefinition: on.release(crashing) })
  Object.assign(old, crashing)
  await on.until(terminal(service))
  expect(service.serviceDeployments[0]).toMatchObject({
    status: 'ROLLBACK_FAILED',
    statusReason: 'No rollback candidate was found to run the rollback.',
  })
  expect(service.deployments[0]).toMatchObject({
    rolloutState: 'FAILED',
    id: `ecs-svc/${service.revisions[1]?.number}`,
  })
})
