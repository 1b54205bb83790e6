import { setTimeout as wait } from 'node:timers/promises'
import { type ActionResult, type Clock, newSummary } from '@ecs-release/core'
import { heardLog } from '@ecs-release/core/heard-log'
import { type ContainerRuntime, type VirtualClock, virtualClock } from '@ecs-release/testbed'
import { inputs } from './inputs.ts'
import { main } from './main.ts'

/** How a version behaves, in seconds of AWS time from its start. Without `exitsAfter` it runs until it is told to end. */
export interface Behaviour {
  exitsAfter?: number | undefined
  exitCode?: number
  lines?: readonly string[]
}

/** A program that says why it ends soon after its start. */
export const crash: Behaviour = {
  exitsAfter: 3,
  exitCode: 3,
  lines: ['starting', 'cannot open the orders database'],
}

/** Containers that do on a virtual clock what is said of their digest. */
export function scriptedTasks(clock: VirtualClock, of: (digest: string) => Behaviour): ContainerRuntime {
  let started = 0
  return {
    async start({ image, taskId }, output) {
      const { exitsAfter, exitCode = 0, lines = [] } = of(image.digest)
      const { promise: exited, resolve } = Promise.withResolvers<{ exitCode: number }>()
      for (const line of lines) output(line)
      if (exitsAfter !== undefined) clock.after(exitsAfter, () => resolve({ exitCode }))
      started += 1
      return {
        runtimeId: `${taskId}-${started}`,
        exited,
        signal: (name) => void clock.after(1, () => resolve({ exitCode: name === 'SIGKILL' ? 137 : 143 })),
        exec: async () => 0,
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** Time that goes on only while everybody waits: calls over HTTP take none of it. */
export interface PlayedTime {
  clock: VirtualClock
  /** Lets so many seconds pass while `work` goes on by itself. */
  during<T>(work: Promise<T>): Promise<T>
  /** What the action sleeps on. */
  action: Clock
}

export function playedTime(): PlayedTime {
  const clock = virtualClock(Date.now())
  let asleep = 0
  const action: Clock = {
    now: () => clock.now(),
    sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      asleep += 1
      return new Promise((resolve) =>
        clock.after(milliseconds / 1000, () => {
          asleep -= 1
          resolve()
        }),
      )
    },
  }
  return {
    clock,
    action,
    async during(work) {
      let over = false
      const done = work.finally(() => {
        over = true
      })
      done.catch(() => {})
      while (!over) {
        if (asleep > 0) await clock.advance(0.25)
        else await wait(1)
      }
      return done
    },
  }
}

export interface VirtualRun {
  result: ActionResult
  log: string
  /** Seconds from the start until a line of the log said so; Infinity when none did. */
  saidAfter(text: string): number
  summary: string
  /** Seconds of AWS time that the step took. */
  seconds: number
}

/** Runs the action's main in this process on the virtual clock. `env` holds its inputs and credentials. */
export async function virtualRun(
  time: PlayedTime,
  env: Readonly<Record<string, string>>,
): Promise<VirtualRun> {
  const begun = time.clock.now()
  const times: number[] = []
  const log = heardLog(() => times.push((time.clock.now() - begun) / 1000))
  const summary = newSummary()
  const { signal } = new AbortController()
  const context = {
    inputs: inputs.read(env),
    log,
    summary,
    clock: time.action,
    env,
    output() {},
    save() {},
    signal,
  }
  const result = await time.during(main(context))
  return {
    result,
    log: log.lines.join('\n'),
    saidAfter: (text) => times[log.lines.findIndex((line) => line.includes(text))] ?? Infinity,
    summary: summary.markdown(),
    seconds: (time.clock.now() - begun) / 1000,
  }
}
