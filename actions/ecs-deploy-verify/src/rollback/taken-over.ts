import { nameInArn, primaryOf, type Service } from '@ecs-release/core'
import type { RollbackFacts } from './rollback.ts'

/** Why the service is no longer ours to roll back; undefined while it is. */
export function takenOver(
  now: Service,
  { before, started }: Pick<RollbackFacts, 'before' | 'started'>,
): string | undefined {
  const primary = primaryOf(now)
  if (primary === undefined || primary.id === started.primary.id) return undefined
  return before.deployments.some((earlier) => earlier.id === primary.id)
    ? `ECS has gone back to ${nameInArn(primary.taskDefinitionArn)} by itself`
    : `${primary.id} has taken its place meanwhile`
}
