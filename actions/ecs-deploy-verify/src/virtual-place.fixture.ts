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
import { vi } from 'vitest'
import { appImage } from './e2e/app.fixture.ts'
import {
  type Behaviour,
  type PlayedTime,
  playedTime,
  scriptedTasks,
  virtualRun,
} from './virtual-run.fixture.ts'

export interface Place extends AsyncDisposable {
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
export async function place(
  options: Partial<StackOptions> = {},
  around: Pick<TestbedOptions, 'timings' | 'logDelay'> = {},
): Promise<Place> {
  const time = playedTime()
  const behaviours = new Map<string, Behaviour>()
  const tasks = scriptedTasks(time.clock, (digest) => behaviours.get(digest) ?? {})
  const files = mkdtempSync(join(tmpdir(), 'virtual-'))
  const testbed = await startTestbed({ timeScale: 1, clock: time.clock, tasks, ...around })
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
      await createBeside(testbed, { cluster, service }, uri)
    },
    async [Symbol.asyncDispose]() {
      // Containers end on the virtual clock, so it has to go on.
      await time.during(Promise.all([testbed[Symbol.asyncDispose](), ending(time)]))
      rmSync(files, { recursive: true })
    },
  }
}

/** Creates another service of the cluster with the settings of the first and an image of its own. */
async function createBeside(
  testbed: Testbed,
  { cluster, service }: { cluster: string; service: string },
  image: string,
): Promise<void> {
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
    containerDefinitions: containerDefinitions.map((each) => ({ ...each, image })),
  })
  await clients.ecs.createService({
    cluster,
    serviceName: 'beside',
    desiredCount: 2,
    launchType: 'FARGATE',
    networkConfiguration,
    taskDefinition: registered.taskDefinition?.taskDefinitionArn ?? '',
  })
}

async function ending(time: PlayedTime): Promise<void> {
  for (let second = 0; second < 30; second++) await time.action.sleep(1000)
}
