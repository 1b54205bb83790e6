import { formatDuration, nameInArn, type ServiceDeployment, type WatchEnd, watch } from '@ecs-release/core'
import { runningAfterRollback } from '../ending.ts'
import { lookAt } from '../followable.ts'
import type { Run } from '../run.ts'
import { type Rollback, type RollbackFacts, rollbackTimeout } from './rollback.ts'

/** Tells ECS to roll back and follows that to its end. */
export async function told(run: Run, facts: RollbackFacts, arn: string): Promise<Rollback> {
  const { calls, clock, log, signal, trouble } = run
  const { primary, service } = facts.started
  log.info(`Telling ECS to roll ${primary.id} back`)
  const stopped = await calls.stop(arn)
  const startedAt = clock.now()
  const deadline = startedAt + rollbackTimeout * 1000
  let status = ''
  const look = ({ deployment }: { deployment: ServiceDeployment }) => {
    if (deployment.status !== status) log.info(`${primary.id} is ${deployment.status}`)
    status = deployment.status
  }
  const observer = { look, failing: async () => {}, trouble }
  const end = await watch({
    calls: { ...calls, deployment: lookAt(run, facts.started, arn) },
    clock,
    deploymentArn: arn,
    service,
    startedAt,
    deadline,
    until: 'completed',
    observer,
    signal,
  })
  if (!stopped && status === 'SUCCESSFUL')
    return { kind: 'left', why: 'the deployment ended as SUCCESSFUL before ECS could be told' }
  if (status !== 'ROLLBACK_SUCCESSFUL') {
    const reason = end.view?.deployment.statusReason
    return {
      kind: 'failed',
      why: `${primary.id} ${howLeft(end.kind, status)}${reason === undefined ? '' : ` (${reason})`}`,
      remedy: nextStep,
    }
  }
  const to = await runningAfterRollback(run, end.view?.deployment)
  return { kind: 'done', to: to ?? nameInArn(facts.before.taskDefinitionArn) }
}

/** What is known of the deployment when its rollback is not. */
function howLeft(end: WatchEnd['kind'], status: string): string {
  if (end !== 'timed-out') return `ended as ${status}`
  const after = formatDuration(rollbackTimeout)
  return status === '' ? `could not be looked at for ${after}` : `was still ${status} after ${after}`
}

const nextStep =
  'Look at the deployments and events of the service in the console: while ECS still rolls back, let it end; then deploy a revision that works by the input task-definition.'
