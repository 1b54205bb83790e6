import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { eachLine } from '../process/output-lines.ts'
import type { ExitStatus } from './container.ts'
import type { ContainerCommand } from './container-command.ts'
import { watchMemory } from './memory-watch.ts'

const streamsCloseWithin = 1000

/** A process with everything that it starts, as far as that stays in its process group. */
export interface ProcessGroup {
  /** Settles when the output is complete too; never rejects. */
  exited: Promise<ExitStatus>
  /** To the first process alone, as a container engine does it. */
  terminate(): void
  kill(): void
}

export interface GroupOptions {
  output?: ((line: string) => void) | undefined
  /** MiB that the first process may use; unlimited when absent. */
  memory?: number | undefined
}

/** Starts the command; one that cannot be started has exited with 127 (not found) or 126, as from a container engine. */
export function startGroup(command: ContainerCommand, { memory, output }: GroupOptions = {}): ProcessGroup {
  const child = spawn(command.file, command.arguments, {
    cwd: command.directory,
    env: command.environment,
    detached: true,
    stdio: output ? ['ignore', 'pipe', 'pipe'] : 'ignore',
  })
  if (output && child.stdout) eachLine(child.stdout, output)
  if (output && child.stderr) eachLine(child.stderr, output)
  return {
    exited: withinMemory(child, memory, exitOf(child, command.file)),
    terminate: () => void child.kill('SIGTERM'),
    kill() {
      if (child.exitCode === null && child.signalCode === null) killGroup(child)
    },
  }
}

async function exitOf(child: ChildProcess, file: string): Promise<ExitStatus> {
  const closed = once(child, 'close').catch(() => undefined)
  const status = await new Promise<ExitStatus>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(notStarted(error, file)))
    child.once('exit', (code, signal) => {
      // When the first process of a container ends, the kernel ends all the others.
      killGroup(child)
      resolve({ exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0) })
    })
  })
  const waiting = new AbortController()
  await Promise.race([closed, delay(streamsCloseWithin, undefined, waiting).catch(() => undefined)])
  waiting.abort()
  child.stdout?.destroy()
  child.stderr?.destroy()
  return status
}

/** What the kernel does to a container above its hard limit, and what ECS says of it (ecs-model.md 1.3). */
async function withinMemory(
  child: ChildProcess,
  memory: number | undefined,
  exited: Promise<ExitStatus>,
): Promise<ExitStatus> {
  if (memory === undefined || child.pid === undefined) return exited
  let exceeded = false
  using _watch = watchMemory(child.pid, memory, () => {
    exceeded = true
    killGroup(child)
  })
  const status = await exited
  return exceeded ? { ...status, reason: 'OutOfMemoryError: Container killed due to memory usage' } : status
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group.
  }
}

function notStarted(error: NodeJS.ErrnoException, file: string): ExitStatus {
  const missing = error.code === 'ENOENT'
  const cause = missing ? 'no such file or directory' : (error.code ?? error.message)
  return {
    exitCode: missing ? 127 : 126,
    reason: `CannotStartContainerError: unable to start container process: exec: "${file}": ${cause}`,
  }
}
