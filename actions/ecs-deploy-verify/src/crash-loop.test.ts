import type { JsonObject } from '@ecs-release/testbed'
import { afterEach, expect, test, vi } from 'vitest'
import { editDeployment, editList } from './e2e/answers.fixture.ts'
import { type Place, place } from './virtual-place.fixture.ts'
import { type Behaviour, crash } from './virtual-run.fixture.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

// One task at a time, the third crashes only after 128 seconds: ECS takes 26 to start one, and looks for a replacement every 12.
/** Of the tasks of a version, counted from 1, those meant end with exit code 3 so many seconds after their start; the others run on. */
function failing(exitsAfter: number, isMeant: (task: number) => boolean): Behaviour {
  let task = 0
  return {
    get exitsAfter() {
      task += 1
      return isMeant(task) ? exitsAfter : undefined
    },
    exitCode: 3,
  }
}

/** As those of others do, so that stopped tasks are read. */
const firstFails = (): Behaviour => failing(3, (task) => task === 1)

test.each([
  [4, 120],
  [2, 120],
  [1, 135],
])('a crash loop of %i tasks ends within %i seconds, with its cause', async (desiredCount, within) => {
  await using here = await place({ desiredCount })
  const { log, result, seconds, summary } = await here.release(crash)
  expect(result.outputs.outcome).toBe('failed')
  expect(seconds).toBeLessThan(within)
  expect(result.failure).toMatch(/container app ends soon after its start with exit code 3 .* in \d+ tasks/)
  expect(log).toContain('cannot open the orders database')
  expect(summary).toContain('cannot open the orders database')
})

test.each([false, true])(
  'three of twenty tasks that crash at once do not end it while the others run on (circuit breaker: %s)',
  async (enable) => {
    await using here = await place({ desiredCount: 20, circuitBreaker: { enable, rollback: enable } })
    const { log, result } = await here.release(failing(1, (task) => task <= 3))
    expect(log).toMatch(/running 17 · pending 0/)
    expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(here.testbed.calls.of('ecs', 'StopServiceDeployment')).toEqual([])
  },
)

test('one task that crashes twice ends it sooner, where early-failure says so', async () => {
  await using here = await place({ desiredCount: 1 })
  const { result, seconds } = await here.release(crash, { 'early-failure': '2' })
  expect(result.outputs.outcome).toBe('failed')
  expect(seconds).toBeLessThan(120)
})

test('with a circuit breaker that rolls back, its cause is told as soon, and ECS ends it', async () => {
  await using here = await place({ circuitBreaker: { enable: true, rollback: true } })
  const { log, result, saidAfter, seconds } = await here.release(crash)
  expect(saidAfter('Cause: container app ends soon after its start with exit code 3')).toBeLessThan(120)
  expect(log).toContain('cannot open the orders database')
  expect(result.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back': 'true' })
  expect(seconds).toBeLessThan(300)
})

test('and is rolled back right after, if asked', async () => {
  await using here = await place()
  const { result, seconds } = await here.release(crash, { 'on-failure': 'rollback' })
  expect(result.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'true' })
  expect(seconds).toBeLessThan(180)
})

test('is waited for where the circuit breaker seems about to end it, and goes on once tasks are healthy', async () => {
  await using here = await place()
  // Believed to be on, and it does not trip: other failures may have been forgotten by it since.
  const deploymentCircuitBreaker = { enable: true, rollback: true }
  const believed = (service: JsonObject): JsonObject => ({
    ...service,
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100, deploymentCircuitBreaker },
  })
  here.testbed.faults.inject(editList('DescribeServices', 'services', believed))
  const { log, result } = await here.release(failing(3, (task) => task !== 5 && task <= 8))
  expect(log).toContain('the circuit breaker of the service is about to end it')
  expect(log).toMatch(/Tasks of \S+ have been healthy since/)
  expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
})

test('a rollback that goes on when its own time is up is told as that, with the next step', async () => {
  await using here = await place()
  const { calls, faults } = here.testbed
  const told = () => calls.of('ecs', 'StopServiceDeployment').length > 0
  faults.inject(editDeployment((each) => (told() ? { ...each, status: 'ROLLBACK_IN_PROGRESS' } : each)))
  const { result } = await here.release(crash, { 'on-failure': 'rollback' })
  expect(result.outputs).toMatchObject({ outcome: 'failed', 'rolled-back': 'false' })
  expect(result.failure).toMatch(/The rollback failed: ecs-svc\/\d+ was still ROLLBACK_IN_PROGRESS after 15m/)
  expect(result.hint).toContain('deploy a revision that works by the input task-definition')
})

/** Stopped tasks that were described, by who started them. */
async function startedBy({ testbed }: Place): Promise<string[]> {
  const { ecs } = testbed.clients
  const { taskArns: tasks = [] } = await ecs.listTasks({ cluster: 'orders', desiredStatus: 'STOPPED' })
  const described = tasks.length === 0 ? { tasks: [] } : await ecs.describeTasks({ cluster: 'orders', tasks })
  return (described.tasks ?? []).map((each) => each.startedBy ?? '')
}

test('tasks of the deployment before that crash do not count', async () => {
  await using here = await place({ desiredCount: 1 })
  here.behave('v1', crash)
  // Their replacements crash all through the deployment.
  const { taskArns = [] } = await here.testbed.clients.ecs.listTasks({ cluster: 'orders' })
  for (const task of taskArns) await here.testbed.clients.ecs.stopTask({ cluster: 'orders', task })
  await here.time.clock.advance(150)
  expect((await startedBy(here)).length).toBeGreaterThan(2)
  const { result } = await here.release(firstFails())
  expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  expect(await startedBy(here)).toContain(result.outputs['deployment-id'])
})

test('tasks of another service that crash do not count', async () => {
  await using here = await place({ desiredCount: 1 })
  await here.beside(crash)
  await here.time.clock.advance(150)
  expect((await startedBy(here)).length).toBeGreaterThan(2)
  const { result } = await here.release(firstFails())
  expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  expect(await startedBy(here)).toContain(result.outputs['deployment-id'])
})

test('tasks of scale-in do not count, neither of the deployment before nor of the new one', async () => {
  await using here = await place({ desiredCount: 4 })
  const { calls, clients } = here.testbed
  // The new tasks run after 48 seconds. The one that is left fails once, before it can be healthy.
  here.time.clock.after(
    50,
    () => void clients.ecs.updateService({ cluster: 'orders', service: 'orders', desiredCount: 1 }),
  )
  const { log, result } = await here.release(failing(35, (task) => task <= 4))
  expect(log).toMatch(/desired 1 · running 1/)
  expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  expect((await startedBy(here)).filter((id) => id === result.outputs['deployment-id'])).toHaveLength(4)
  expect(calls.of('ecs', 'StopServiceDeployment')).toEqual([])
})
