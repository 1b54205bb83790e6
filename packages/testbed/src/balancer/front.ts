import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../time/clock.ts'
import { closeServer, listenOn } from '../wire/listen.ts'
import { forward } from './forward.ts'
import { answerAsGateway } from './gateway-answer.ts'
import { IdleWatch } from './idle-watch.ts'
import type { Choice } from './target-pool.ts'
import type { TrafficCounter } from './traffic-counts.ts'

/** Where a listener's rules send a request. */
export type Route =
  | { kind: 'forward'; pool: { choose(): Choice | undefined }; targetGroup: string }
  | { kind: 'fixed'; status: number; contentType: string; body: string }
  | { kind: 'nowhere' }

export interface FrontOptions {
  clock: Clock
  address: string
  port: number
  /** Tail of the load balancer's ARN, under which its traffic is counted. */
  loadBalancer: string
  idleSeconds(): number
  route(request: { path: string; host: string }): Route
  counter: TrafficCounter
  violated(violation: string): void
}

function startFailure(options: FrontOptions, cause: NodeJS.ErrnoException): Error {
  const where = `The load balancer cannot listen on ${options.address}:${options.port}`
  const why =
    cause.code === 'EACCES'
      ? 'ports below 1024 need privileges on this machine; give the listener a port of 1024 or more'
      : cause.code === 'EADDRINUSE'
        ? `another process uses the port (EADDRINUSE); "ss -ltnp sport = :${options.port}" shows it: end it, and start again`
        : cause.code === 'EADDRNOTAVAIL'
          ? 'the machine does not have this loopback address; on macOS add it with "ifconfig lo0 alias"'
          : cause.message
  return new Error(`${where}: ${why}`, { cause })
}

function handle(options: FrontOptions, request: IncomingMessage, response: ServerResponse): void {
  const { counter, clock, port, loadBalancer } = options
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  const route = options.route({ path, host: (request.headers.host ?? '').replace(/:\d+$/, '') })
  if (route.kind === 'fixed') {
    response.writeHead(route.status, { server: 'awselb/2.0', 'content-type': route.contentType })
    response.end(route.body)
    return
  }
  const choice = route.kind === 'forward' ? route.pool.choose() : undefined
  if (route.kind === 'nowhere' || choice === undefined) {
    answerAsGateway(response, 503, counter, { loadBalancer })
    return
  }
  const dimensions = { loadBalancer, targetGroup: route.targetGroup }
  if (choice.violation !== undefined) options.violated(choice.violation)
  counter.add('RequestCount', dimensions)
  if (choice.failsOpen) counter.add('UnhealthyRoutingRequestCount', dimensions)
  const idleSeconds = options.idleSeconds()
  forward({ request, response, target: choice.target, clock, idleSeconds, port, counter, dimensions })
}

/** Closes a client's connection when it carries no request for the idle time-out. */
function closeWhenIdle(server: http.Server, { clock, idleSeconds }: FrontOptions): void {
  const watches = new WeakMap<Socket, IdleWatch>()
  const watch = (socket: Socket): void => {
    watches.set(socket, new IdleWatch(clock, idleSeconds(), () => socket.destroy()))
  }
  const unwatch = (socket: Socket): void => watches.get(socket)?.[Symbol.dispose]()
  server.on('connection', (socket) => {
    watch(socket)
    socket.on('close', () => unwatch(socket))
  })
  server.on('request', ({ socket }, response) => {
    unwatch(socket)
    response.on('finish', () => {
      if (!socket.destroyed) watch(socket)
    })
  })
}

/** Opens a listener's port. Throws an Error in plain words when the machine refuses. */
export async function openFront(options: FrontOptions): Promise<AsyncDisposable> {
  // The idle time-out is AWS's and goes by the clock, so Node's own ones are off.
  const server = http.createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 })
  closeWhenIdle(server, options)
  server.on('request', (request, response) => handle(options, request, response))
  await listenOn(server, options.address, options.port).catch((error) => {
    throw startFailure(options, error)
  })
  return { [Symbol.asyncDispose]: () => closeServer(server) }
}
