import { ActionError } from '@ecs-release/core'
import { afterCancel, tellToRollBack } from './cancel.ts'
import type { Run } from './run.ts'
import type { SoFar } from './traces.ts'
import { leftBehind } from './unfinished.ts'

/**
 * What is done about a deployment that an error leaves to itself, in a sentence; undefined when it needs none. A cancellation follows
 * `on-cancel`. A call that the role may not make ends the step as failed, and `on-failure: rollback` acts on that: Amazon ECS is told to
 * roll back, which nobody can follow to its end any more.
 */
export async function afterError(run: Run, error: unknown, soFar: SoFar): Promise<string | undefined> {
  const { inputs, signal } = run
  if (signal.aborted) return afterCancel(run, soFar)
  if (!(error instanceof ActionError) || inputs.onFailure !== 'rollback') return undefined
  const { recorder, started } = soFar
  const { traces } = recorder
  // Of a deployment that this run has started, and that nobody has ended or takes back yet.
  if (started === undefined || traces?.stage !== 'releasing' || traces.ended !== undefined) return undefined
  const left = leftBehind(soFar)
  switch (error.code) {
    case 'credentials':
      return `${left}. Not rolled back: the credentials have ended`
    case 'access-denied':
      return traces.deploymentArn === undefined
        ? `${left}. Not rolled back: its service deployment is not known`
        : tellToRollBack(run, traces, recorder)
    default:
      return undefined
  }
}
