import http, { type RequestListener } from 'node:http'
import net, { type Server } from 'node:net'
import { scaledClock } from '../time/scaled-clock.ts'
import { isObject, type JsonObject, type JsonValue } from '../wire/json.ts'
import { defaultPlace } from '../wire/place.ts'
import { type LoadBalancing, loadBalancing } from './load-balancing.ts'
import type { Target } from './targets.ts'

/** A member deep in an answer: `dig(answer, 'Listeners', 0, 'ListenerArn')`. Throws when it is not there. */
export function dig(value: JsonValue | undefined, ...path: (string | number)[]): JsonValue {
  let found = value
  for (const step of path) {
    if (typeof step === 'number') found = Array.isArray(found) ? found[step] : undefined
    else found = isObject(found) ? found[step] : undefined
  }
  if (found === undefined) throw new Error(`no ${path.join('.')} in ${JSON.stringify(value)}`)
  return found
}

/** A target that runs in the test, on a port of its own. */
export interface TestTarget extends AsyncDisposable {
  target: Target
  /** Stops listening and resets all connections, as a killed process. */
  kill(): Promise<void>
}

async function listening(server: Server): Promise<TestTarget> {
  const sockets = new Set<net.Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const kill = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.resetAndDestroy()
    await closed
  }
  return { target: { id: '127.0.0.1', port: address.port }, kill, [Symbol.asyncDispose]: kill }
}

export function httpTarget(listener: RequestListener): Promise<TestTarget> {
  return listening(http.createServer({ keepAlive: true }, listener))
}

/** A target that answers with raw bytes, which HTTP servers would not let it. */
export function rawTarget(talk: (socket: net.Socket) => void): Promise<TestTarget> {
  return listening(
    net.createServer((socket) => void socket.on('error', () => {}).once('data', () => talk(socket))),
  )
}

export interface Stand extends AsyncDisposable {
  balancing: LoadBalancing
  operate(operation: string, input: JsonObject): Promise<JsonObject>
  /** A load balancer with one listener that forwards to one target group. */
  web(
    healthCheck?: JsonObject,
  ): Promise<{ group: string; loadBalancer: string; listener: string; url: string }>
}

/** Load balancing with AWS's durations divided by `factor`, called without the wire. */
export function testStand(
  factor = 100,
  healthChecks = true,
  letsIn: (address: string) => boolean = () => true,
): Stand {
  const clock = scaledClock(factor)
  const balancing = loadBalancing({ clock, place: defaultPlace, healthChecks, letsIn })
  const caller = { accessKeyId: 'AKIDEXAMPLE', arn: 'arn:aws:iam::111122223333:user/test' }
  let groups = 0
  const operate: Stand['operate'] = async (operation, input) => {
    const run = balancing.service.operations[operation]
    if (run === undefined) throw new Error(`no operation ${operation}`)
    return run(input, { operation, caller, requestId: 'test' })
  }
  return {
    balancing,
    operate,
    async web(healthCheck = {}) {
      groups += 1
      const group = { Name: `web-${groups}`, Protocol: 'HTTP', Port: '80', VpcId: 'vpc-1', TargetType: 'ip' }
      const made = await operate('CreateTargetGroup', { ...group, ...healthCheck })
      const arn = String(dig(made, 'TargetGroups', 0, 'TargetGroupArn'))
      const Subnets = ['subnet-1', 'subnet-2']
      const balancer = await operate('CreateLoadBalancer', { Name: `web-${groups}`, Subnets })
      const LoadBalancerArn = dig(balancer, 'LoadBalancers', 0, 'LoadBalancerArn')
      const DefaultActions = [{ Type: 'forward', TargetGroupArn: arn }]
      const listener = { LoadBalancerArn, Protocol: 'HTTP', Port: '8080', DefaultActions }
      const opened = await operate('CreateListener', listener)
      return {
        group: arn,
        loadBalancer: String(LoadBalancerArn),
        listener: String(dig(opened, 'Listeners', 0, 'ListenerArn')),
        url: `http://${String(dig(balancer, 'LoadBalancers', 0, 'DNSName'))}:8080`,
      }
    },
    async [Symbol.asyncDispose]() {
      try {
        await balancing[Symbol.asyncDispose]()
      } finally {
        await clock[Symbol.asyncDispose]()
      }
    },
  }
}
