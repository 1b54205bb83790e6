import { setTimeout as delay } from 'node:timers/promises'
import type { JsonObject } from '../../wire/json.ts'
import { engineAt, engineSocket } from './engine.ts'

const patience = 15_000

/** Why tasks cannot run as containers here; undefined when they can. */
export async function withoutDocker(
  environment: Readonly<NodeJS.ProcessEnv> = process.env,
): Promise<string | undefined> {
  const socket = engineSocket(environment)
  if (socket === undefined)
    return `DOCKER_HOST names an engine on another machine: ${environment.DOCKER_HOST}`
  if (process.platform !== 'linux') return 'containers cannot be published on 127.x.y.z on this system'
  try {
    const { Os } = await ask(socket, '/version')
    return Os === 'linux' ? undefined : `the engine runs ${Os} containers`
  } catch (error) {
    return `no container engine at ${socket}: ${error instanceof Error ? error.message : error}`
  }
}

/** Whether this machine has a container engine that can run the tasks. */
export async function hasDocker(): Promise<boolean> {
  return (await withoutDocker()) === undefined
}

/**
 * Why the engine's own builder cannot build for several platforms and keep a cache in a registry here; undefined when it can, which takes
 * the containerd image store. Source: Docker Engine API, `GET /info`, and Docker, "containerd image store".
 */
export async function withoutContainerdStore(
  environment: Readonly<NodeJS.ProcessEnv> = process.env,
): Promise<string | undefined> {
  const missing = await withoutDocker(environment)
  if (missing !== undefined) return missing
  const { DriverStatus } = await ask(engineSocket(environment) ?? '', '/info')
  if (JSON.stringify(DriverStatus ?? []).includes('"io.containerd.snapshotter.v1"')) return undefined
  return 'the engine keeps its images in the classic store: set "features": {"containerd-snapshotter": true} in its daemon.json'
}

function ask(socket: string, path: string): Promise<JsonObject> {
  const late = delay(patience, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${patience} ms`)
  })
  return Promise.race([engineAt(socket).call('GET', path), late])
}
