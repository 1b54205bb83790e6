import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type LogEntry, parseEntry } from './log-entry.ts'

export interface AppProcess extends AsyncDisposable {
  /** Waits for a log entry with that message; throws when the app ends without one. */
  entry(message: string): Promise<LogEntry>
  entries: LogEntry[]
  /** What came on stderr, where the app itself writes nothing. */
  stderr(): string
  signal(signal: NodeJS.Signals): void
  /** Resolves with what the process left behind when it and its output have ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; milliseconds: number }>
}

const entryPoint = fileURLToPath(new URL('../server.ts', import.meta.url))

/**
 * The app as a task runs it: a process that knows only the given variables. Its port is free unless given.
 */
export function startApp(variables: Record<string, string>, file: string = entryPoint): AppProcess {
  const begun = performance.now()
  const child = spawn(process.execPath, [file], {
    env: { PORT: '0', HOST: '127.0.0.1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const entries: LogEntry[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => entries.push(parseEntry(line)))
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
    milliseconds: performance.now() - begun,
  }))

  return {
    entries,
    stderr: () => stderr,
    ended,
    signal: (signal) => void child.kill(signal),
    async entry(message) {
      let over = false
      void ended.then(() => {
        over = true
      })
      for (;;) {
        const found = entries.find((entry) => entry.message === message)
        if (found) return found
        if (over)
          throw new Error(`the app ended without "${message}":\n${JSON.stringify(entries)}\n${stderr}`)
        await Promise.race([once(lines, 'line'), ended])
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Starts the app, waits until it listens and returns its address as well. */
export async function startedApp(variables: Record<string, string>): Promise<AppProcess & { url: string }> {
  const app = startApp(variables)
  const { port } = await app.entry('listening')
  return { ...app, url: `http://127.0.0.1:${port}` }
}
