import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Express } from 'express'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { draining } from './draining.ts'
import { activeDrills } from './drills.ts'
import { type Logger, logger } from './logging.ts'
import { closeServer, onStopSignal } from './shutdown.ts'

/** Runs until a signal asks it to stop. Throws what keeps it from listening. */
async function serve(config: Config, log: Logger): Promise<void> {
  const stopping = new AbortController()
  const drain = draining()
  const server = listener(createApp({ config, log, drain }))
  onStopSignal((signal) => {
    log.info('stopping', { signal, delaySeconds: server.listening ? config.shutdownDelaySeconds : 0 })
    drain.begin()
    stopping.abort()
  })

  const { startSeconds } = config.drills
  if (startSeconds > 0) {
    log.info('waiting before listening', { seconds: startSeconds })
    await waitUnlessStopped(startSeconds, stopping.signal)
  }
  if (!stopping.signal.aborted) {
    server.listen({ port: config.port, host: config.host })
    await once(server, 'listening')
    log.info('listening', { ...boundTo(server), version: config.version, commit: config.commit })
    if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
    const times = { delaySeconds: config.shutdownDelaySeconds, timeoutSeconds: config.shutdownTimeoutSeconds }
    await closeServer(server, times, log)
  }
  log.info('stopped')
}

function listener(app: Express): Server {
  const server = createServer(app)
  // Longer than the idle time-out of an Application Load Balancer (60 s unless changed). If the app closed
  // idle connections first, the load balancer would now and then send a request into one that is just
  // closing, and answer 502.
  server.keepAliveTimeout = 65_000
  server.headersTimeout = 66_000
  return server
}

async function waitUnlessStopped(seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined)
}

function boundTo(server: Server): { address: string; port: number } | undefined {
  const bound = server.address()
  return typeof bound === 'object' && bound ? { address: bound.address, port: bound.port } : undefined
}

/** Returns the exit code. */
async function main(log: Logger): Promise<number> {
  const read = readConfig(process.env)
  if (read.kind === 'invalid') {
    log.error(`cannot start: ${read.problems.join('; ')}`)
    return 1
  }
  const drills = activeDrills(read.config.drills)
  if (Object.keys(drills).length > 0) log.warn('failure drills are on', { drills })
  if (read.config.drills.crash === 'start') {
    log.error('cannot start: DRILL_CRASH=start made the app crash')
    return 1
  }
  await serve(read.config, log)
  return 0
}

const log = logger()
process.on('uncaughtException', (error) => {
  log.error(`crashed: ${error.message}`, { error })
  process.exit(1)
})
main(log).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    log.error(`cannot start: ${error instanceof Error ? error.message : String(error)}`, { error })
    process.exit(1)
  },
)
