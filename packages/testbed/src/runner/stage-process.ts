import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { eachLine } from '../process/output-lines.ts'

/** How long a cancelled action has after SIGINT and after SIGTERM, in milliseconds. */
export interface Grace {
  interrupted: number
  terminated: number
}

export const runnerGrace: Grace = { interrupted: 7500, terminated: 2500 }

export interface StageProcess {
  node: string
  script: string
  directory: string
  environment: Record<string, string>
  /** Starts the signals. */
  cancel: AbortSignal
  grace: Grace
  line(stream: 'stdout' | 'stderr', text: string): void
}

const streamsCloseWithin = 5000
// As .NET reads lines; a carriage return at the end may be the first half of a line break.
const lineBreak = /\r\n|\n|\r(?!$)/

/** Runs a script of an action to its end and returns its exit code, 128 + number for a signal. */
export async function runStage(stage: StageProcess): Promise<number> {
  const { node, script, directory, environment } = stage
  const child = spawn(node, [script], { cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  eachLine(child.stdout, (text) => stage.line('stdout', text.replace(/\r$/, '')), lineBreak)
  eachLine(child.stderr, (text) => stage.line('stderr', text.replace(/\r$/, '')), lineBreak)
  const closed = once(child, 'close').catch(() => undefined)
  const ended = new AbortController()
  const signals = sendSignals(stage, ended.signal, (signal) => child.kill(signal))
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  }).finally(() => ended.abort())
  await signals
  // A process that the action left behind may hold the streams open.
  await Promise.race([closed, delay(streamsCloseWithin, undefined, { ref: false })])
  child.stdout.destroy()
  child.stderr.destroy()
  return exitCode
}

// The entry process alone gets the signals, never its children.
async function sendSignals(
  { cancel, grace }: StageProcess,
  ended: AbortSignal,
  kill: (signal: NodeJS.Signals) => void,
): Promise<void> {
  const either = AbortSignal.any([cancel, ended])
  if (!either.aborted) await once(either, 'abort')
  try {
    ended.throwIfAborted()
    kill('SIGINT')
    await delay(grace.interrupted, undefined, { signal: ended })
    kill('SIGTERM')
    await delay(grace.terminated, undefined, { signal: ended })
    kill('SIGKILL')
  } catch {
    // The process ended, which is what the signals were for.
  }
}
