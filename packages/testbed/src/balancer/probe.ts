import http from 'node:http'
import type { Clock } from '../time/clock.ts'
import { deadline } from './deadline.ts'
import { type HealthCheck, passes } from './health-check.ts'
import type { ProbeResult } from './target-health.ts'

/** A local process answers in real time, so a probe waits at least this long whatever the scale. */
const leastTimeoutMs = 1_000

/** A probe whose packets are dropped on the way, as by a security group. */
export function dropped(clock: Clock, check: HealthCheck, signal: AbortSignal): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const cancel = deadline(clock, check.timeoutSeconds, leastTimeoutMs, () => resolve({ kind: 'timed-out' }))
    signal.addEventListener('abort', () => {
      cancel()
      resolve({ kind: 'failed' })
    })
  })
}

/**
 * One health-check request on a connection of its own. Never rejects; an aborted probe resolves as `failed`.
 * The whole answer has to be there within the time-out.
 */
export function probe(
  clock: Clock,
  address: { host: string; port: number },
  check: HealthCheck,
  signal: AbortSignal,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const settle = (result: ProbeResult): void => {
      cancelDeadline()
      resolve(result)
    }
    const request = http.get({
      ...address,
      path: check.path,
      agent: false,
      signal,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
    })
    const cancelDeadline = deadline(clock, check.timeoutSeconds, leastTimeoutMs, () => {
      resolve({ kind: 'timed-out' })
      request.destroy()
    })
    request.on('error', () => settle({ kind: 'failed' }))
    request.on('response', (answer) => {
      const status = answer.statusCode ?? 0
      answer.on('error', () => settle({ kind: 'failed' }))
      answer.on('end', () =>
        settle(passes(check.matcher, status) ? { kind: 'passed' } : { kind: 'wrong-code', status }),
      )
      answer.resume()
    })
  })
}
