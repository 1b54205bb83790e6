import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Server as SocketServer } from 'node:net'

/** Listens (port 0: any free one) and returns `ADDRESS:PORT`. */
export async function listenOn(server: SocketServer, address: string, port: number): Promise<string> {
  server.listen(port, address)
  await once(server, 'listening')
  const bound = server.address()
  return `${address}:${typeof bound === 'object' && bound ? bound.port : port}`
}

/** Stops listening and cuts the connections that are left. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
