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
  /** Why the first process could not be started; undefined once it runs. Never rejects. */
  problem: Promise<NodeJS.ErrnoException | undefined>
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

/** Starts the command; one that cannot be started has exited with 127 (not found) or 126, as `docker exec` answers it. */
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
    problem: problemOf(child),
    exited: withinMemory(child, memory, exitOf(child)),
    terminate: () => void child.kill('SIGTERM'),
    kill() {
      if (child.exitCode === null && child.signalCode === null) killGroup(child)
    },
  }
}

function problemOf(child: ChildProcess): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(undefined))
    child.once('error', resolve)
  })
}

async function exitOf(child: ChildProcess): Promise<ExitStatus> {
  const closed = once(child, 'close').catch(() => undefined)
  const status = await new Promise<ExitStatus>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ exitCode: error.code === 'ENOENT' ? 127 : 126 }),
    )
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
