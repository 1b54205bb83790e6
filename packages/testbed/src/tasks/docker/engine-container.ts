import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { eachLine } from '../../process/output-lines.ts'
import { isObject, type JsonObject } from '../../wire/json.ts'
import type { ExitStatus } from '../container.ts'
import { runtimeMessage } from '../not-started.ts'
import type { Engine } from './engine.ts'
import { outputStreams } from './log-frames.ts'

const outputCompleteWithin = 2000
/** The engine can hear that the kernel killed for want of memory a moment after it has heard of the end. Milliseconds. */
const lackOfMemoryToldWithin = 1000

/** A container that the engine has created. */
export interface EngineContainer {
  /**
   * Starts it; `exited` settles when the output is complete and the engine has forgotten the container.
   * Rejects with the container runtime's words, and has removed it, when it cannot be started.
   */
  run(output: (line: string) => void): Promise<{ exited: Promise<ExitStatus> }>
  kill(signal: 'SIGTERM' | 'SIGKILL'): void
  /** Runs a program inside and returns its exit code. */
  exec(command: readonly string[]): Promise<number>
  remove(): Promise<void>
}

export function engineContainer(engine: Engine, id: string): EngineContainer {
  const path = `/containers/${id}`
  let killed = false
  const remove = async (): Promise<void> => {
    // Whoever removed it first has done what was wanted.
    await engine.call('DELETE', `${path}?force=1&v=1`).catch(() => undefined)
  }
  const end = async (output: Promise<unknown>): Promise<ExitStatus> => {
    await engine.call('POST', `${path}/wait?condition=not-running`).catch(() => undefined)
    const waiting = new AbortController()
    const limit = delay(outputCompleteWithin, undefined, { signal: waiting.signal }).catch(() => undefined)
    await Promise.race([output, limit])
    waiting.abort()
    let state = await stateOf(engine, path)
    if (state.ExitCode === 137 && state.OOMKilled !== true && !killed) {
      await delay(lackOfMemoryToldWithin)
      state = await stateOf(engine, path)
    }
    await remove()
    return exitStatus(state)
  }
  return {
    async run(output) {
      try {
        await engine.call('POST', `${path}/start`)
      } catch (error) {
        await remove()
        throw new Error(runtimeMessage(error instanceof Error ? error.message : String(error)), {
          cause: error,
        })
      }
      return { exited: end(follow(engine, path, output)) }
    },
    kill(signal) {
      killed ||= signal === 'SIGKILL'
      // One that has ended has nothing left to be told.
      void engine.call('POST', `${path}/kill?signal=${signal}`).catch(() => undefined)
    },
    exec: (command) => exec(engine, path, command),
    remove,
  }
}

async function stateOf(engine: Engine, path: string): Promise<JsonObject> {
  const { State } = await engine.call('GET', `${path}/json`).catch((): JsonObject => ({}))
  return isObject(State) ? State : {}
}

function exitStatus({ ExitCode, OOMKilled }: JsonObject): ExitStatus {
  // A container that was removed by force has no state left to ask for.
  const exitCode = typeof ExitCode === 'number' ? ExitCode : 137
  if (OOMKilled !== true) return { exitCode }
  return { exitCode, reason: 'OutOfMemoryError: Container killed due to memory usage' }
}

/** Hands over every line from the first on; settles when the container has nothing more to say. */
async function follow(engine: Engine, path: string, line: (text: string) => void): Promise<void> {
  const logs = await engine.open('GET', `${path}/logs?follow=1&stdout=1&stderr=1`).catch(() => undefined)
  if (!logs) return
  const { stdout, stderr } = outputStreams(logs)
  const closed = [stdout, stderr].map((stream) => once(stream, 'close'))
  for (const stream of [stdout, stderr]) eachLine(stream, line)
  await Promise.all(closed)
}

async function exec(engine: Engine, path: string, command: readonly string[]): Promise<number> {
  const request = { Cmd: [...command], AttachStdout: true, AttachStderr: true }
  const { Id } = await engine.call('POST', `${path}/exec`, { body: request })
  const output = await engine.open('POST', `/exec/${Id}/start`, { body: { Detach: false, Tty: false } })
  output.resume()
  await once(output, 'close')
  const { ExitCode } = await engine.call('GET', `/exec/${Id}/json`)
  return typeof ExitCode === 'number' ? ExitCode : 1
}
