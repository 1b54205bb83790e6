import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createStack,
  type StackOptions,
  startTestbed,
  type Testbed,
  type TestbedOptions,
} from '@ecs-release/testbed'
import { afterEach, expect, test, vi } from 'vitest'
import { editDeployment } from './e2e/answers.fixture.ts'
import { appImage } from './e2e/app.fixture.ts'
import {
  type Behaviour,
  type PlayedTime,
  playedTime,
  scriptedTasks,
  virtualRun,
} from './virtual-run.fixture.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const crash: Behaviour = {
  exitsAfter: 3,
  exitCode: 3,
  lines: ['starting', 'cannot open the orders database'],
}

interface Place extends AsyncDisposable {
  time: PlayedTime
  testbed: Testbed
  /** Releases a version and says how it behaves. */
  release(version: Behaviour, inputs?: Record<string, string>): ReturnType<typeof virtualRun>
  /** Another service of the cluster. */
  beside(version: Behaviour): Promise<void>
  behave(name: 'v1', version: Behaviour): void
  /** What the service runs at first. */
  image: string
}

/** A service that runs v1 on a virtual clock, at AWS's own pace. Nothing of ECS ends a deployment whose tasks fail. */
async function place(
  options: Partial<StackOptions> = {},
  timings: TestbedOptions['timings'] = {},
): Promise<Place> {
  const time = playedTime()
  const behaviours = new Map<string, Behaviour>()
  const tasks = scriptedTasks(time.clock, (digest) => behaviours.get(digest) ?? {})
  const files = mkdtempSync(join(tmpdir(), 'virtual-'))
  const testbed = await startTestbed({ timeScale: 1, clock: time.clock, tasks, timings })
  for (const [name, value] of Object.entries(testbed.environment)) vi.stubEnv(name, value)
  const push = async (name: string) => testbed.images.push('orders', name, await appImage(name))
  const v1 = await push('v1')
  const settings: StackOptions = {
    name: 'orders',
    image: v1.uri,
    desiredCount: 2,
    containerPort: 8080,
    circuitBreaker: { enable: false, rollback: false },
    ...options,
  }
  const { cluster, service } = await createStack(testbed.clients, settings)
  await time.clock.advance(300)
  return {
    time,
    testbed,
    image: v1.uri,
    behave: (_, version) => void behaviours.set(v1.digest, version),
    async release(version, inputs = {}) {
      const { digest, uri } = await push('v2')
      behaviours.set(digest, version)
      const all = { cluster, service, images: uri, 'on-failure': 'fail', ...inputs }
      const env = Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
      return virtualRun(time, { ...testbed.environment, ...Object.fromEntries(env), RUNNER_TEMP: files })
    },
    async beside(version) {
      const { digest, uri } = await push('beside')
      behaviours.set(digest, version)
      const { clients } = testbed
      const answer = await clients.ecs.describeServices({ cluster, services: [service] })
      const current = await clients.ecs.describeTaskDefinition({
        taskDefinition: answer.services?.[0]?.taskDefinition ?? '',
      })
      const { containerDefinitions = [], ...definition } = current.taskDefinition ?? {}
      const { networkConfiguration } = answer.services?.[0] ?? {}
      const registered = await clients.ecs.registerTaskDefinition({
        networkMode: definition.networkMode,
        cpu: definition.cpu,
        memory: definition.memory,
        requiresCompatibilities: ['FARGATE'],
        executionRoleArn: definition.executionRoleArn,
        family: 'beside',
        containerDefinitions: containerDefinitions.map((each) => ({ ...each, image: uri })),
      })
      await clients.ecs.createService({
        cluster,
        serviceName: 'beside',
        desiredCount: 2,
        launchType: 'FARGATE',
        networkConfiguration,
        taskDefinition: registered.taskDefinition?.taskDefinitionArn ?? '',
      })
    },
    async [Symbol.asyncDispose]() {
      // Containers end on the virtual clock, so it has to go on.
      await time.during(Promise.all([testbed[Symbol.asyncDispose](), ending(time)]))
      rmSync(files, { recursive: true })
    },
  }
}

async function ending(time: PlayedTime): Promise<void> {
  for (let second = 0; second < 30; second++) await time.action.sleep(1000)
}

// One task at a time, the third crashes only after 128 seconds: ECS takes 26 to start one, and looks for a replacement every 12.
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

test('tasks of the deployment before that crash do not count', async () => {
  await using here = await place()
  here.behave('v1', crash)
  // Their replacements crash all through the deployment.
  const { taskArns = [] } = await here.testbed.clients.ecs.listTasks({ cluster: 'orders' })
  for (const task of taskArns) await here.testbed.clients.ecs.stopTask({ cluster: 'orders', task })
  await here.time.clock.advance(60)
  const { result } = await here.release({})
  expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
})

test('tasks of another service that crash do not count', async () => {
  await using here = await place()
  await here.beside(crash)
  await here.time.clock.advance(60)
  const { result } = await here.release({})
  expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
})

test('tasks of scale-in do not count', async () => {
  await using here = await place({ desiredCount: 8 })
  const { result } = await here.release({}, { 'desired-count': '1', 'early-failure': '1' })
  expect(result.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
})

test('a release waits two minutes for the one before to complete, and then warns and goes on', async () => {
  // Old tasks take their time to be gone, so that nothing completes.
  await using here = await place({}, { deprovisioning: 1000 })
  const first = await here.release({})
  expect(first.result.outputs.outcome).toBe('succeeded')
  const second = await here.release({}, { 'force-new-deployment': 'true' })
  expect(second.result.outputs.outcome).toBe('succeeded')
  expect(second.log).toContain(`Waiting until ${first.result.outputs['deployment-id']} has completed`)
  expect(second.log).toContain('has not completed yet: should the new deployment fail')
  expect(second.seconds - first.seconds).toBeGreaterThan(100)
  expect(second.seconds - first.seconds).toBeLessThan(150)
})

test('tasks that are only added may take as long as the time-out says', async () => {
  await using here = await place({ desiredCount: 1 }, { pull: 150 })
  const images = here.image
  const { log, result, seconds } = await here.release({}, { images, 'desired-count': '3' })
  expect(log).toContain('Waiting: only 1 of 3 tasks of')
  expect(result.outputs).toMatchObject({ outcome: 'no-change', verified: 'true' })
  expect(seconds).toBeGreaterThan(150)
})
