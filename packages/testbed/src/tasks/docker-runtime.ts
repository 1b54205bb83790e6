import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { ImagePullError } from '../images/image.ts'
import { parseReference } from '../images/reference.ts'
import type { ContainerRuntime, ContainerSpec, RunningContainer } from './container.ts'
import { containerRequest } from './docker/container-request.ts'
import { type Engine, engineAt, engineSocket } from './docker/engine.ts'
import { type EngineContainer, engineContainer } from './docker/engine-container.ts'
import { type PullSource, pull } from './docker/pull.ts'

export interface DockerRuntimeOptions {
  /** The registry from which the engine pulls what the tasks' images are resolved to. */
  registry: PullSource
  /** Bytes of memory that containers without a limit of their own may use; unlimited when absent. */
  memory?: number
}

/**
 * Runs containers on this machine's engine, from the digests that ECS resolved, published on their task's address.
 * The containers of one task do not share a network. Disposal removes containers and images by id.
 */
export function dockerRuntime({ registry, memory }: DockerRuntimeOptions): ContainerRuntime {
  const socket = engineSocket()
  if (socket === undefined) throw new Error('The container engine is on another machine')
  const engine = engineAt(socket)
  const containers = new Map<string, EngineContainer>()
  const pulls = new Map<string, Promise<void>>()
  const starts = new Set<Promise<RunningContainer>>()
  // A testbed that ends without disposal must not leave containers behind.
  const removeAll = () => void spawnSync('docker', ['rm', '--force', ...containers.keys()])
  const onExit = () => containers.size > 0 && removeAll()
  process.once('exit', onExit)

  let disposed = false
  const pullOnce = async (image: string): Promise<void> => {
    const pulled = pulls.get(image) ?? pull(engine, registry, image)
    pulls.set(image, pulled)
    // A pull that failed is tried again by the next task, as ECS would.
    await pulled.catch(() => pulls.delete(image))
    await pulled
  }
  const run = async (spec: ContainerSpec, output: (line: string) => void): Promise<RunningContainer> => {
    const image = imageFor(spec, registry.host)
    await pullOnce(image)
    refuseIf(disposed)
    const limit = spec.memory === undefined ? memory : spec.memory * 1024 * 1024
    const body = containerRequest(spec, image, limit)
    const id = String((await engine.call('POST', '/containers/create', { body })).Id)
    const container = engineContainer(engine, id)
    containers.set(id, container)
    refuseIf(disposed)
    const { exited } = await container.run(output)
    void exited.then(() => containers.delete(id))
    return runningContainer(`${spec.taskId}-${randomInt(1e9, 4e9)}`, container, exited)
  }
  return {
    async start(spec, output) {
      refuseIf(disposed)
      const start = run(spec, output)
      starts.add(start)
      return start.finally(() => starts.delete(start))
    },
    async [Symbol.asyncDispose]() {
      disposed = true
      await Promise.allSettled(starts)
      await Promise.all([...containers.values()].map((container) => container.remove()))
      process.off('exit', onExit)
      await removeImages(engine, [...pulls.keys()])
    },
  }
}

function refuseIf(disposed: boolean): void {
  if (disposed) throw new Error('The runtime is disposed; it starts nothing any more')
}

/** The image by the testbed's own host: a real-looking ECR host would lead the engine out of this machine. */
function imageFor(spec: ContainerSpec, host: string): string {
  const parts = parseReference(spec.image.reference)
  if (!parts) throw new ImagePullError(`invalid reference format: ${spec.image.reference}`)
  return `${host}/${parts.repository}@${spec.image.digest}`
}

async function removeImages(engine: Engine, images: readonly string[]): Promise<void> {
  // An image that is still used by somebody else's container stays; that is not ours to force.
  for (const image of images) await engine.call('DELETE', `/images/${image}`).catch(() => undefined)
}

function runningContainer(
  runtimeId: string,
  container: EngineContainer,
  exited: RunningContainer['exited'],
): RunningContainer {
  let running = true
  void exited.then(() => {
    running = false
  })
  return {
    runtimeId,
    exited,
    signal: (signal) => container.kill(signal),
    async exec(check, timeoutMs) {
      if (!running) return 1
      const [form, ...rest] = check
      const words = form === 'CMD-SHELL' ? ['/bin/sh', '-c', rest.join(' ')] : form === 'CMD' ? rest : check
      const waiting = new AbortController()
      const late = delay(timeoutMs, 1, { signal: waiting.signal }).catch(() => 1)
      const failed = exited.then(() => 1)
      const code = await Promise.race([container.exec(words).catch(() => 1), late, failed])
      waiting.abort()
      return code
    },
  }
}
