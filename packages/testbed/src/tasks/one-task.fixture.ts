import { once } from 'node:events'
import { createConnection } from 'node:net'
import { buildImage } from '../images/build-image.ts'
import type { ImageConfig } from '../images/image.ts'
import { imageRegistry } from '../images/registry.ts'
import { defaultPlace } from '../wire/place.ts'
import type { ContainerSpec, RunningContainer } from './container.ts'
import { loopbackAddresses } from './loopback-addresses.ts'
import { processRuntime } from './process-runtime.ts'

/** A server that listens the way most applications do, and says so. */
export const server = `
  import { createServer } from 'node:http'
  const answer = () => process.env.COLOUR + ' ' + process.pid
  const server = createServer((request, response) => response.end(answer()))
  server.listen(Number(process.env.PORT), process.env.BIND || undefined, () => console.log('listening'))
`

/** Runs containers for a test, and remembers what each wrote. */
export interface Machine extends AsyncDisposable {
  run(task: TaskUnderTest): Promise<RunningContainer & { address: string; lines: string[] }>
}

export interface TaskUnderTest extends Partial<Omit<ContainerSpec, 'image'>> {
  files?: Record<string, string>
  config?: ImageConfig
}

export function machine(): Machine {
  const addresses = loopbackAddresses()
  const registry = imageRegistry(defaultPlace)
  const runtime = processRuntime()
  return {
    async run({ files = {}, config = {}, ...spec }) {
      const { reference } = registry.push('app', 'v1', await buildImage({ files, config }))
      const image = await registry.resolve(reference)
      const lines: string[] = []
      const address = spec.address ?? addresses.take()
      const taskId = '0123456789abcdef0123456789abcdef'
      const { architecture } = image
      const defaults = { taskId, name: 'app', environment: {}, ports: [], architecture }
      const container = await runtime.start({ ...defaults, ...spec, image, address }, (line) =>
        lines.push(line),
      )
      return { ...container, address, lines }
    },
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]()
      await registry[Symbol.asyncDispose]()
    },
  }
}

export async function accepts(host: string, port: number): Promise<boolean> {
  const socket = createConnection({ host, port })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
