import { once } from 'node:events'
import { createServer } from 'node:http'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { draining } from '../draining.ts'
import { logger } from '../logging.ts'
import { type LogEntry, parseEntry } from './log-entry.ts'

export interface ServedApp extends AsyncDisposable {
  /** A request to a path of the app; over a real connection. */
  get(path: string, init?: RequestInit): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  /** What the app has logged so far. */
  entries: LogEntry[]
}

/** The app in this process on a free port, configured by environment variables as a task would be. */
export async function serveApp(
  variables: Record<string, string> = {},
  random: () => number = Math.random,
): Promise<ServedApp> {
  const read = readConfig(variables)
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '))
  const entries: LogEntry[] = []
  const log = logger((line) => entries.push(parseEntry(line)))
  const server = createServer(createApp({ config: read.config, log, drain: draining(), random }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('the server has no port')

  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${bound.port}${path}`, init)
  return {
    get,
    post: (path, body) =>
      get(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    entries,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
