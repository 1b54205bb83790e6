import { type Finding, failedBefore, nameInArn, primaryOf } from '@ecs-release/core'
import type { Started } from './deploy.ts'
import type { Run } from './run.ts'

/**
 * Says so where nothing was deployed because the service has what is wanted, by a deployment that had failed before this run. Why that was so
 * may have been mended since, so its old tasks are no cause of anything now.
 */
export function oldFailure(
  { inputs }: Pick<Run, 'inputs'>,
  { before, isNew, primary }: Pick<Started, 'before' | 'isNew' | 'primary'>,
): Finding | undefined {
  const { id, rolloutState, rolloutStateReason, taskDefinitionArn } = primaryOf(before) ?? primary
  if (isNew || inputs.mode !== 'deploy' || id !== primary.id || rolloutState !== 'FAILED') return undefined
  return failedBefore(id, nameInArn(taskDefinitionArn), rolloutStateReason)
}
