import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from './logging.ts'

export interface ShutdownTimes {
  /** How long to keep serving before the port closes. */
  delaySeconds: number
  /** From the beginning of the shutdown to the moment when running requests are cut off. */
  timeoutSeconds: number
}

/**
 * Serves on for the delay, then closes the port and waits for the requests that are still running. ECS may
 * send SIGTERM while load balancer nodes still send requests (deregistration reaches them one after another),
 * so closing the port at once would turn those into 502s. Resolves when the last connection is gone.
 */
export async function closeServer(server: Server, times: ShutdownTimes, log: Logger): Promise<void> {
  const begun = performance.now()
  await sleep(times.delaySeconds * 1000)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  log.info('port closed, waiting for running requests')
  const left = times.timeoutSeconds * 1000 - (performance.now() - begun)
  const deadline = setTimeout(() => {
    log.warn('cutting off the requests that are still running', { timeoutSeconds: times.timeoutSeconds })
    server.closeAllConnections()
  }, left)
  // Node closes the idle connections once; those that finish an answer later would stay open for the keep-
  // alive time-out.
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  await closed
  // Node tells requests that were cut off only after this event; a timer lets them write their log lines
  // first.
  await sleep(1)
  clearInterval(sweep)
  clearTimeout(deadline)
}

/**
 * Runs `stop` at the first SIGTERM (from ECS) or SIGINT (a person's Ctrl-C). A second SIGINT ends the process
 * at once.
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping && signal === 'SIGINT') process.exit(130)
      if (stopping) return
      stopping = true
      stop(signal)
    })
  }
}
