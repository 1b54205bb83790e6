import { ActionError, type Outcome, type ServiceDeployment, whyStopped } from '@ecs-release/core'
import { lookAt } from '../followable.ts'
import type { Run } from '../run.ts'
import { bringBack } from './bring-back.ts'
import { patiently } from './patiently.ts'
import { type Rollback, type RollbackFacts, textOf } from './rollback.ts'
import { takenOver } from './taken-over.ts'
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
    const now = await patiently(run, run.calls.service)
    const others = takenOver(now, facts)
    if (others !== undefined) return { kind: 'left', why: others }
    if (now.desiredCount === 0) return { kind: 'left', why: 'the desired count is 0, so nothing runs' }
    return await byStatus(run, facts, await latest(run, facts))
  } catch (error) {
    run.signal.throwIfAborted()
    if (!(error instanceof ActionError)) throw error
    const stage = facts.recorder.traces?.stage
    const begun = stage === 'told' || stage === 'bringing-back'
    return { kind: 'failed', why: error.message, remedy: error.hint, begun }
  }
}

/** What is to be done about a deployment that is like this now. */
async function byStatus(
  run: Run,
  facts: RollbackFacts,
  deployment: ServiceDeployment | undefined,
): Promise<Rollback> {
  const arn = facts.followed.deploymentArn
  const { status = '' } = deployment ?? {}
  if (status.startsWith('ROLLBACK_')) return { kind: 'left', why: 'ECS rolls back by itself' }
  if (status === 'SUCCESSFUL' && facts.outcome.kind === 'timed-out')
    return { kind: 'left', why: 'the deployment succeeded right after the time-out, and was not proven' }
  if (deployment?.status === 'STOPPED') return afterStop(run, facts, deployment)
  if (arn === undefined || deployment === undefined || status === 'SUCCESSFUL') return bringBack(run, facts)
  const ending = await told(run, facts, arn, status)
  return ending.kind === 'stopped' ? afterStop(run, facts, ending.deployment, ending.asked) : ending
}

/**
 * A circuit breaker without rollback stops a deployment as well as a newer one, or a person, does. `asked`: so did we, and whatever came
 * before it, the service is still to be taken back.
 */
async function afterStop(
  run: Run,
  facts: RollbackFacts,
  deployment: ServiceDeployment,
  asked = false,
): Promise<Rollback> {
  const { detected, supersededBy } = await whyStopped(deployment, run)
  if (supersededBy !== undefined)
    return { kind: 'left', why: `${supersededBy} has taken its place meanwhile` }
  if (facts.outcome.kind === 'timed-out' && !detected && !asked)
    return { kind: 'left', why: 'somebody has stopped the deployment meanwhile' }
  return bringBack(run, facts)
}

/** The deployment as it is now; without its ARN, as it was seen last. */
async function latest(
  run: Run,
  { followed, started }: RollbackFacts,
): Promise<ServiceDeployment | undefined> {
  const { deployment, deploymentArn } = followed
  if (deploymentArn === undefined) return deployment
  return patiently(run, lookAt(run, started, deploymentArn))
}
