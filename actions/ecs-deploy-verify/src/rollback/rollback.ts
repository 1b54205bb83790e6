import type { Outcome, Service } from '@ecs-release/core'
import type { Started } from '../deploy.ts'
import type { Followed } from '../follow.ts'
import type { Recorder } from '../traces.ts'

/** What was done about a deployment that did not go well. */
export type Rollback =
  /** `to` is the task definition that runs now, such as `web:4`. */
  | { kind: 'done'; to: string }
  /** `begun`: ECS has taken it up, so that what ran before it need not run any more. */
  | { kind: 'failed'; why: string; remedy: string | undefined; begun: boolean }
  /** Nothing was done, for a reason that the user should know. */
  | { kind: 'left'; why: string }

export interface RollbackFacts {
  before: Service
  started: Started
  followed: Followed
  outcome: Outcome
  recorder: Recorder
}

/** Whether something was done that can have changed what runs. */
export function hasBegun(rollback: Rollback | undefined): boolean {
  return rollback?.kind === 'done' || (rollback?.kind === 'failed' && rollback.begun)
}

/** A rollback has time of its own: the release may have used up all of its own. Seconds. */
export const rollbackTimeout = 15 * 60

/** A sentence for the log; without its first letter in upper case it follows another. */
export function textOf(rollback: Rollback): string {
  switch (rollback.kind) {
    case 'done':
      return `Rolled back to ${rollback.to}`
    case 'failed':
      return `The rollback failed: ${rollback.why}`
    case 'left':
      return `Not rolled back: ${rollback.why}`
  }
}
