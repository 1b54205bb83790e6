import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { type TestEcr, testEcr } from '../../ecr/ecr.fixture.ts'
import { repositoryOf } from '../../images/repositories.ts'
import type { ContainerSpec, RunningContainer } from '../container.ts'
import { dockerRuntime } from '../docker-runtime.ts'
import { loopbackAddresses } from '../loopback-addresses.ts'
import { type Engine, engineAt, engineSocket } from './engine.ts'
import { withoutDocker } from './has-docker.ts'

const base = { name: 'node', tag: '24-slim' }

/** Why the tests that need a container engine are left out on this machine; undefined where they run. */
export const missingDocker: string | undefined = await withoutDocker()
if (missingDocker !== undefined) console.info(`Docker tests are left out: ${missingDocker}`)

export interface DockerStand extends AsyncDisposable {
  engine: Engine
  stand: TestEcr
  digest: string
  run(spec?: Partial<ContainerSpec>): Promise<RunningContainer & { address: string; lines: string[] }>
  /** The containers that the engine has of this task, running or not. */
  containersOf(taskId: string): Promise<unknown[]>
}

/** A runtime whose tasks run an image with Node, pushed by the engine to the testbed's ECR. */
export async function dockerStand(memory?: number): Promise<DockerStand> {
  const engine = engineAt(engineSocket() ?? '')
  const stand = await testEcr()
  repositoryOf(stand.images.repositories, 'web')
  const pushed = await pushBase(engine, stand)
  const reference = `${stand.ecr.host}/web:v1`
  const image = await stand.images.resolve(reference)
  const runtime = dockerRuntime({ registry: stand.ecr, ...(memory !== undefined && { memory }) })
  const addresses = loopbackAddresses()
  return {
    engine,
    stand,
    digest: pushed,
    async run(spec = {}) {
      const lines: string[] = []
      const address = addresses.take()
      const taskId = 'f'.repeat(32)
      const { architecture } = image
      const defaults = { taskId, name: 'app', environment: {}, ports: [], architecture, address, image }
      const container = await runtime.start({ ...defaults, ...spec }, (line) => lines.push(line))
      return { ...container, address, lines }
    },
    containersOf: (taskId) => containersOf(engine, taskId),
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]()
      await stand[Symbol.asyncDispose]()
    },
  }
}

/** The containers that the engine has of a task, running or not. */
export async function containersOf(engine: Engine, taskId: string): Promise<unknown[]> {
  const filters = JSON.stringify({ label: [`com.amazonaws.ecs.task-id=${taskId}`] })
  const listed = await engine.open('GET', `/containers/json?all=1&${new URLSearchParams({ filters })}`)
  const found: unknown = JSON.parse(await text(listed))
  return Array.isArray(found) ? found : []
}

/** Lets the engine push the base image as `web:v1`, and returns its digest. */
export async function pushBase(engine: Engine, stand: Pick<TestEcr, 'ecr' | 'images'>): Promise<string> {
  const image = `${base.name}:${base.tag}`
  const there = await engine.call('GET', `/images/${image}/json`).catch(() => undefined)
  if (!there) {
    await text(await engine.open('POST', `/images/create?fromImage=${base.name}&tag=${base.tag}`))
  }
  const repository = `${stand.ecr.host}/web`
  await engine.call('POST', `/images/${image}/tag?${new URLSearchParams({ repo: repository, tag: 'v1' })}`)
  const login = JSON.stringify({ ...stand.ecr.login(), serveraddress: stand.ecr.host })
  const headers = { 'x-registry-auth': Buffer.from(login).toString('base64url') }
  const log = await text(await engine.open('POST', `/images/${repository}/push?tag=v1`, { headers }))
  // What was pushed is the registry's from here on; a task has to pull it.
  await engine.call('DELETE', `/images/${repository}:v1`).catch(() => undefined)
  const digest = stand.images.repositories.get('web')?.tags.get('v1')
  if (digest === undefined) throw new Error(`the engine did not push: ${log}`)
  return digest
}

/** Asks until something answers. */
export async function answerOf(url: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(url).then(
      (response) => response.text(),
      () => undefined,
    )
    if (answer !== undefined) return answer
    await delay(50)
  }
  throw new Error(`nothing answers at ${url}`)
}
