import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContainerRuntime, ExitStatus, RunningContainer } from './container.ts'
import {
  type ContainerCommand,
  type ContainerPlace,
  containerPlace,
  healthCommand,
  type Machine,
  mainCommand,
} from './container-command.ts'
import { whyNotStarted } from './not-started.ts'
import { type GroupOptions, type ProcessGroup, startGroup } from './process-group.ts'

/**
 * What Fargate shows of a program that the kernel refuses once the container has started: no reason, a line in the log, exit
 * code 1 (ecs-model.md 1.4; an engine of version 28 does the same).
 */
const refused: ExitStatus = { exitCode: 1 }

export interface ProcessRuntimeOptions {
  /** The Node that runs what images call `node`; by default the one that runs the testbed. */
  node?: string
}

/**
 * Runs containers as processes of this machine, from the unpacked image and with an environment of their own.
 * Files outside the image, users and resource limits are the machine's.
 */
export function processRuntime(options: ProcessRuntimeOptions = {}): ContainerRuntime {
  const machine = machineWith(options.node ?? process.execPath)
  const groups = new Set<ProcessGroup>()
  const killAll = (): void => groups.forEach((group) => void group.kill())
  // A testbed that ends without disposal must not leave processes behind.
  process.once('exit', killAll)

  let disposed = false
  const start = (command: ContainerCommand, options?: GroupOptions): ProcessGroup => {
    refuseIf(disposed)
    const group = startGroup(command, options)
    groups.add(group)
    void group.exited.then(() => groups.delete(group))
    return group
  }
  return {
    async start(spec, output) {
      refuseIf(disposed)
      const place = await containerPlace(spec, machine)
      const command = mainCommand(spec, place)
      if (!command) throw new Error('no command specified')
      const runtimeId = `${spec.taskId}-${randomInt(1e9, 4e9)}`
      const refuse = (why: string): RunningContainer => {
        output(`exec ${command.program}: ${why}`)
        return runningContainer(runtimeId, { group: undefined, place, start })
      }
      // The only program here is the machine's own Node, so it is the architecture in the image's configuration that decides.
      if (spec.image.architecture !== spec.architecture) return refuse('exec format error')
      const group = start(command, { output, memory: spec.memory })
      const problem = await group.problem
      // The engine has looked at the file; what the kernel misses is the interpreter that the file names.
      if (problem?.code === 'ENOENT' && existsSync(command.file)) return refuse('no such file or directory')
      if (problem) throw new Error(whyNotStarted(command.program, problem), { cause: problem })
      return runningContainer(runtimeId, { group, place, start })
    },
    async [Symbol.asyncDispose]() {
      disposed = true
      process.off('exit', killAll)
      const exits = [...groups].map((group) => group.exited)
      killAll()
      await Promise.all(exits)
      rmSync(machine.nodeDirectory, { recursive: true, force: true })
    },
  }
}

interface Started {
  /** undefined for a program that the kernel refused. */
  group: ProcessGroup | undefined
  place: ContainerPlace
  start: (command: ContainerCommand) => ProcessGroup
}

function runningContainer(runtimeId: string, { group, place, start }: Started): RunningContainer {
  const checks = new Set<ProcessGroup>()
  let running = group !== undefined
  const exited = group?.exited ?? Promise.resolve(refused)
  void exited.then(() => {
    running = false
    for (const check of checks) check.kill()
  })
  return {
    runtimeId,
    exited,
    signal: (signal) => (signal === 'SIGTERM' ? group?.terminate() : group?.kill()),
    async exec(words, timeoutMs) {
      const command = healthCommand(words, place)
      if (!running || !command) return 1
      const check = start(command)
      checks.add(check)
      const status = await within(check, timeoutMs)
      checks.delete(check)
      return status
    },
  }
}

function refuseIf(disposed: boolean): void {
  if (disposed) throw new Error('The runtime is disposed; it starts nothing any more')
}

async function within(check: ProcessGroup, timeoutMs: number): Promise<number> {
  let late = false
  const timer = setTimeout(() => {
    late = true
    check.kill()
  }, timeoutMs)
  const { exitCode } = await check.exited
  clearTimeout(timer)
  return late ? 1 : exitCode
}

function machineWith(node: string): Machine {
  const nodeDirectory = mkdtempSync(join(tmpdir(), 'testbed-node-'))
  symlinkSync(node, join(nodeDirectory, 'node'))
  return { node, nodeDirectory, path: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin' }
}
