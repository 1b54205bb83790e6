import { AsyncLocalStorage } from 'node:async_hooks'
import { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { exec as run } from '@actions/exec'
import { ActionError } from '../action/action-error.ts'
import { lineSplitter } from './lines.ts'

export interface Command {
  /** A name to be found in this process's PATH, or a path. */
  file: string
  args: readonly string[]
  /** The whole environment of the child; see `allowed`. */
  env: Readonly<Record<string, string>>
  cwd?: string | undefined
  /** Written to stdin, which is closed afterwards. */
  input?: string
  /** Ends the child with SIGTERM, and with SIGKILL if it is still there ten seconds later. */
  signal?: AbortSignal | undefined
  /** Called for each line of both streams as it arrives, without its line break. */
  onLine?(line: string): void
}

/** How a child ended; any exit code is a value. A child that was killed by a signal has 128 as its exit code. */
export interface Ended {
  exitCode: number
  stdout: string
  /** Its last 64 KiB: a build may write without end. */
  stderr: string
}

const STDERR_KEPT = 64 * 1024
const KILL_AFTER = 10_000

/**
 * Runs a program without a shell, and prints nothing. Throws `not-found` when there is no such program, and the reason of
 * `signal` when that was aborted.
 */
export async function exec(command: Command): Promise<Ended> {
  const { args, env, cwd, input = '', signal, onLine = () => {} } = command
  signal?.throwIfAborted()
  const lines = { stdout: lineSplitter(onLine), stderr: lineSplitter(onLine) }
  const stdout: Buffer[] = []
  let stderr = Buffer.alloc(0)
  const options = {
    env: { ...env },
    silent: true,
    ignoreReturnCode: true,
    input: Buffer.from(input),
    ...(cwd === undefined ? {} : { cwd }),
    listeners: {
      stdout: (data: Buffer) => {
        stdout.push(data)
        lines.stdout.push(data)
      },
      stderr: (data: Buffer) => {
        stderr = Buffer.concat([stderr, data]).subarray(-STDERR_KEPT)
        lines.stderr.push(data)
      },
    },
  }
  const exitCode = await watched(signal, () => start(command.file, args, options))
  lines.stdout.end()
  lines.stderr.end()
  signal?.throwIfAborted()
  // The toolkit passes on null for a child that a signal ended, whatever its type says.
  return {
    exitCode: Number.isInteger(exitCode) ? exitCode : 128,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: stderr.toString('utf8'),
  }
}

async function start(
  file: string,
  args: readonly string[],
  options: Parameters<typeof run>[2],
): Promise<number> {
  try {
    // The toolkit splits its first argument at blanks unless it is quoted.
    return await run(`"${file}"`, [...args], options)
  } catch (error) {
    const missing = error instanceof Error && error.message.startsWith('Unable to locate executable')
    const what = missing ? `There is no program ${file} on this runner` : `The program ${file} did not start`
    throw new ActionError(missing ? 'not-found' : 'unexpected', what, { cause: error })
  }
}

const starting = new AsyncLocalStorage<(child: ChildProcess) => void>()
let listening = false

/**
 * The toolkit hands out no handle of the process that it starts; Node tells of each new one on this channel, in the
 * asynchronous context of who started it. Source: Node.js, "Diagnostics Channel", child_process.
 */
async function watched<T>(signal: AbortSignal | undefined, body: () => Promise<T>): Promise<T> {
  if (!listening) {
    listening = true
    subscribe('child_process', (message) => {
      const child: unknown = Object(message).process
      if (child instanceof ChildProcess) starting.getStore()?.(child)
    })
  }
  let timer: NodeJS.Timeout | undefined
  let kill = () => {}
  try {
    return await starting.run((child) => {
      kill = () => {
        child.kill('SIGTERM')
        timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER)
      }
      child.once('spawn', () => {
        // A child that ends without reading what it is given must not end this process too.
        child.stdin?.on('error', () => {})
        // The toolkit looks for the program before it starts it, and hears of no abort meanwhile.
        if (signal?.aborted && timer === undefined) kill()
      })
      signal?.addEventListener('abort', kill)
    }, body)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', kill)
  }
}
