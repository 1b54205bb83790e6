import { ActionError, isTerminal } from '@ecs-release/core'
import { afterCancel, tellToRollBack } from './cancel.ts'
import type { Run } from './run.ts'
import type { Save, SoFar } from './traces.ts'
import { leftBehind } from './unfinished.ts'

/**
 * What is done about a deployment that an error leaves to itself, in a sentence; undefined when it needs none. A cancellation follows
 * `on-cancel`. A call that the role may not make ends the step as failed, and `on-failure: rollback` acts on that: Amazon ECS is told to
 * roll back, which nobody can follow to its end any more.
 */
export async function afterError(
  run: Run,
  error: unknown,
  soFar: SoFar,
  save: Save,
): Promise<string | undefined> {
  const { inputs, signal } = run
  if (signal.aborted) return afterCancel(run, soFar, save)
  if (!(error instanceof ActionError) || inputs.onFailure !== 'rollback' || !goesOn(soFar)) return undefined
  const left = leftBehind(soFar, false)
  switch (error.code) {
    case 'credentials':
      return `${left}. Not rolled back: the credentials have ended`
    case 'access-denied':
      return (
        (await rolledBack(run, soFar, save)) ??
        `${left}. Not rolled back: its service deployment is not known`
      )
    default:
      return undefined
  }
}

/** Whether this run has started a deployment that nobody has ended or takes back yet. */
function goesOn({ followed, rollingBack, started }: SoFar): boolean {
  if (started?.isNew !== true || rollingBack === true) return false
  return followed?.deployment === undefined || !isTerminal(followed.deployment.status)
}

async function rolledBack(run: Run, soFar: SoFar, save: Save): Promise<string | undefined> {
  const { deploymentArn, started } = soFar
  if (deploymentArn === undefined || started === undefined) return undefined
  const { taskDefinitionArn } = started
  return tellToRollBack(run, { taskDefinitionArn, replacing: '', deploymentArn }, save)
}
