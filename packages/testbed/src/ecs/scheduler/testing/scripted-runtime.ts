import type {
  ContainerRuntime,
  ContainerSpec,
  ExitStatus,
  RunningContainer,
} from '../../../tasks/container.ts'
import type { Clock } from '../../../time/clock.ts'
import type { Behaviour } from './behaviour.ts'
import type { ScriptedImages } from './scripted-images.ts'

/** Containers that do what their image's behaviour says, on the clock of the test. */
export interface ScriptedRuntime extends ContainerRuntime {
  /** Specs in the order of their start. */
  started: ContainerSpec[]
  /** Signals as `NAME SIGNAL`, in order. */
  signals: string[]
  /** Health-check commands that were run. */
  commands: string[]
  /** The behaviour of what listens at a task's address. */
  at(address: string): Behaviour
  running: Set<RunningContainer>
}

const KILLED = 137
const TERMINATED = 143

export function scriptedRuntime(clock: Clock, images: ScriptedImages): ScriptedRuntime {
  const addresses = new Map<string, Behaviour>()
  const runtime: ScriptedRuntime = {
    started: [],
    signals: [],
    commands: [],
    running: new Set(),
    at: (address) => addresses.get(address) ?? {},
    async start(spec, output) {
      const behaviour = images.behaviour(spec.image.digest)
      if (behaviour.startError !== undefined) throw new Error(behaviour.startError)
      runtime.started.push(spec)
      addresses.set(spec.address, { ...addresses.get(spec.address), ...behaviour })
      for (const line of behaviour.lines ?? []) output(line)
      const container = run(clock, runtime, spec, behaviour)
      runtime.running.add(container)
      void container.exited.then(() => runtime.running.delete(container))
      return container
    },
    async [Symbol.asyncDispose]() {},
  }
  return runtime
}

function ended({ exitCode, reason }: Behaviour): ExitStatus {
  return { exitCode: exitCode ?? 0, ...(reason !== undefined && { reason }) }
}

function run(
  clock: Clock,
  runtime: ScriptedRuntime,
  spec: ContainerSpec,
  behaviour: Behaviour,
): RunningContainer {
  const begun = clock.now()
  const { promise: exited, resolve } = Promise.withResolvers<ExitStatus>()
  const starts = runtime.started.filter(({ image }) => image.digest === spec.image.digest).length
  const { exitsAfter } = behaviour
  const seconds = typeof exitsAfter === 'function' ? exitsAfter(starts) : exitsAfter
  if (seconds !== undefined) {
    clock.after(seconds, () => resolve(ended(behaviour)))
  }
  return {
    runtimeId: `${spec.taskId}-${runtime.started.length}`,
    exited,
    signal(signal) {
      runtime.signals.push(`${spec.name} ${signal}`)
      if (signal === 'SIGKILL') resolve({ exitCode: KILLED })
      else if (behaviour.stopsAfter !== undefined) {
        clock.after(behaviour.stopsAfter, () => resolve({ exitCode: TERMINATED }))
      }
    },
    async exec(command) {
      runtime.commands.push(command.join(' '))
      const passes = behaviour.checkPasses ?? (() => true)
      return passes(clock.secondsSince(begun)) ? 0 : 1
    },
  }
}
