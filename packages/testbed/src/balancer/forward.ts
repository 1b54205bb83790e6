import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import type { Clock } from '../time/clock.ts'
import { relayAnswer } from './answer-relay.ts'
import { deadline } from './deadline.ts'
import { answerAsGateway, type GatewayStatus } from './gateway-answer.ts'
import { headersForTarget } from './headers.ts'
import { IdleWatch } from './idle-watch.ts'
import type { PooledTarget } from './pooled-target.ts'
import { type TrafficCounter, type TrafficDimensions, targetCodeMetric } from './traffic-counts.ts'

/** Source: "Troubleshoot your Application Load Balancers", HTTP 504; at least two seconds of real time. */
const connectSeconds = 10
const leastConnectMs = 2_000

/** Larger headers of a target are an invalid answer. Source: "Quotas for your Application Load Balancers". */
const maxHeaderBytes = 32 * 1_024

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  target: PooledTarget
  clock: Clock
  idleSeconds: number
  /** The listener's port, for X-Forwarded-Port. */
  port: number
  counter: TrafficCounter
  dimensions: TrafficDimensions
}

/** A connection on which nothing arrives and nothing leaves. */
function silence(): Duplex {
  return new Duplex({ read() {}, write() {} })
}

function openRequest({ request, target, port }: Exchange): http.ClientRequest {
  return http.request({
    host: target.target.id,
    port: target.target.port,
    method: request.method,
    path: request.url,
    headers: headersForTarget(request, port),
    // No connection is kept to a target, so a dying one fails the requests that it has, and no others. What is dropped on the way
    // is not refused either: that connection is never made.
    ...(target.reachable ? { agent: false } : { createConnection: silence }),
    maxHeaderSize: maxHeaderBytes,
  })
}

/**
 * Sends one request to one target and its answer back: never to a second target. What goes wrong ends as 502 or 504
 * (aws-model.md 2.7), or as a cut connection once the client has the head of the answer.
 */
export function forward(exchange: Exchange): void {
  const { request, response, target, clock, counter, dimensions } = exchange
  const outgoing = openRequest(exchange)
  let connected = false
  // The target's whole answer is here; what its connection does from then on is nobody's concern.
  let answered = false
  let over = false
  const finish = (): void => {
    over = true
    cancelConnect()
    idle[Symbol.dispose]()
    ended()
    outgoing.destroy()
  }
  const fail = (status: GatewayStatus): void => {
    if (over || answered) return
    finish()
    answerAsGateway(response, status, counter, dimensions)
  }
  const ended = target.begin(() => fail(502))
  const idle = new IdleWatch(clock, exchange.idleSeconds, () => fail(504))
  const cancelConnect = deadline(clock, connectSeconds, leastConnectMs, () => {
    if (connected) return
    counter.add('TargetConnectionErrorCount', dimensions)
    fail(504)
  })
  outgoing.on('socket', (socket) => socket.once('connect', () => (connected = true)))
  outgoing.on('error', () => {
    if (!over && !connected) counter.add('TargetConnectionErrorCount', dimensions)
    fail(502)
  })
  outgoing.on('response', (answer) => {
    answer.on('data', () => idle.active())
    answer.on('end', () => {
      answered = true
    })
    const count = (): void => {
      const metric = targetCodeMetric(answer.statusCode ?? 0)
      if (metric !== undefined) counter.add(metric, dimensions)
    }
    relayAnswer(answer, response, { count, cut: fail })
  })
  response.on('close', () => {
    if (over) return
    // 460: the client left before it had its answer.
    if (!response.headersSent)
      counter.add('HTTPCode_ELB_4XX_Count', { loadBalancer: dimensions.loadBalancer })
    finish()
  })
  request.on('data', () => idle.active())
  request.pipe(outgoing)
}
