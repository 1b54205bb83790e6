import type { Expectation, WaitUntil } from '@ecs-release/core'
import type { Run } from './run.ts'

/** How long a deployment is followed, and what it has to stand. */
export interface Terms {
  /** Seconds from UpdateService on. */
  timeout: number
  until: WaitUntil
  /** After how many failures alike it is given up; `Infinity` for never. */
  earlyFailure: number
  /** What users have to get when it is done. */
  probes: readonly Expectation[]
}

/** The terms that the user gave. */
export function termsOf({ earlyFailure, probes, timeout, waitUntil }: Run['inputs']): Terms {
  return { timeout, until: waitUntil, earlyFailure, probes: probes ?? [] }
}
