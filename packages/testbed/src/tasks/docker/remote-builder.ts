import { request } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { listenOn } from '../../wire/listen.ts'
import { engineSocket } from './engine.ts'

/** A builder for `docker buildx create --driver remote ENDPOINT`. */
export interface RemoteBuilder extends AsyncDisposable {
  /** `tcp://ADDRESS:PORT` */
  endpoint: string
  /** How many connections it has taken so far. */
  connections(): number
}

/**
 * The BuildKit that is part of this machine's engine, at an address of its own, as a BuildKit daemon would listen there.
 * Source: Docker Engine API, `POST /grpc`, which turns a connection into one of BuildKit's.
 */
export async function remoteBuilder(): Promise<RemoteBuilder> {
  const open = new Set<Socket>()
  let connections = 0
  const server = createServer((client) => {
    connections += 1
    join(client, open)
  })
  const endpoint = `tcp://${await listenOn(server, '127.0.0.1', 0)}`
  return {
    endpoint,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function join(client: Socket, open: Set<Socket>): void {
  const headers = { connection: 'Upgrade', upgrade: 'h2c' }
  const asked = request({ socketPath: engineSocket() ?? '', method: 'POST', path: '/grpc', headers })
  open.add(client)
  client.on('close', () => {
    open.delete(client)
    asked.destroy()
  })
  client.on('error', () => client.destroy())
  asked.on('error', () => client.destroy())
  asked.on('upgrade', (_, engine, head) => {
    client.on('close', () => engine.destroy())
    engine.on('error', () => client.destroy())
    client.write(head)
    client.pipe(engine).pipe(client)
  })
  asked.end()
}
