import { ActionError, nameInArn, type Outcome, primaryOf, type Service } from '@ecs-release/core'
import { lookAt } from '../followable.ts'
import type { Run } from '../run.ts'
import { bringBack } from './bring-back.ts'
import { type Rollback, type RollbackFacts, textOf } from './rollback.ts'
import { told } from './told.ts'

/**
 * Takes the service back after a failure of its new deployment, if that is still what it runs and nobody else does. A deployment that
 * goes on is rolled back by ECS itself; one that has ended is followed by another of what ran before. Never throws but for cancellation:
 * the outcome that led here must not be lost.
 */
export async function rollBack(run: Run, facts: RollbackFacts): Promise<Rollback | undefined> {
  if (run.inputs.onFailure !== 'rollback' || !facts.started.isNew || !isFailure(facts.outcome))
    return undefined
  return run.log.group('Rollback', async () => {
    const rollback = await attempted(run, facts)
    const text = textOf(rollback)
    run.log.info(text)
    run.logbook.note(text)
    return rollback
  })
}

/** What a rollback can mend. Who stopped or superseded the deployment wanted it so, and ECS has undone what it rolled back itself. */
function isFailure({ kind }: Outcome): boolean {
  return kind === 'failed' || kind === 'timed-out' || kind === 'unhealthy'
}

async function attempted(run: Run, facts: RollbackFacts): Promise<Rollback> {
  try {
    const now = await run.calls.service()
    const others = takenOver(now, facts.started.primary.id, facts.before)
    if (others !== undefined) return { kind: 'left', why: others }
    if (now.desiredCount === 0) return { kind: 'left', why: 'the desired count is 0, so nothing runs' }
    const arn = facts.followed.deploymentArn
    const status = await latestStatus(run, facts)
    if (status?.startsWith('ROLLBACK_')) return { kind: 'left', why: 'ECS rolls back by itself' }
    if (facts.outcome.kind === 'timed-out' && (status === 'STOP_REQUESTED' || status === 'STOPPED')) {
      return { kind: 'left', why: 'somebody has stopped the deployment meanwhile' }
    }
    if (arn !== undefined && status !== 'SUCCESSFUL' && status !== 'STOPPED')
      return await told(run, facts, arn)
    if (status === 'SUCCESSFUL' && facts.outcome.kind === 'timed-out') {
      return { kind: 'left', why: 'the deployment succeeded right after the time-out, and was not proven' }
    }
    return await bringBack(run, facts)
  } catch (error) {
    run.signal.throwIfAborted()
    if (!(error instanceof ActionError)) throw error
    return { kind: 'failed', why: error.message, remedy: error.hint }
  }
}

/** Why the service is no longer ours to roll back. */
function takenOver(now: Service, id: string, before: Service): string | undefined {
  const primary = primaryOf(now)
  if (primary === undefined || primary.id === id) return undefined
  return before.deployments.some((earlier) => earlier.id === primary.id)
    ? `ECS has gone back to ${nameInArn(primary.taskDefinitionArn)} by itself`
    : `${primary.id} has taken its place meanwhile`
}

async function latestStatus(run: Run, { followed, started }: RollbackFacts): Promise<string | undefined> {
  const { deployment, deploymentArn } = followed
  if (deploymentArn === undefined) return deployment?.status
  return (await lookAt(run, started, deploymentArn)()).status
}
