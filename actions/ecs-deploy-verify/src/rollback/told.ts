import { formatDuration, nameInArn, type ServiceDeployment, watch } from '@ecs-release/core'
import { runningAfterRollback } from '../ending.ts'
import { lookAt } from '../followable.ts'
import type { Run } from '../run.ts'
import { type Rollback, type RollbackFacts, rollbackTimeout } from './rollback.ts'

/** How a deployment ended that was to be rolled back: not so, if it was stopped before ECS heard of it. */
type Told = Rollback | { kind: 'stopped'; deployment: ServiceDeployment; asked: boolean }

/** Tells ECS to roll back, unless it stops the deployment anyway, and follows that to its end. */
export async function told(run: Run, facts: RollbackFacts, arn: string, status: string): Promise<Told> {
  const { recorder, started } = facts
  const { id } = started.primary
  const stops = status === 'STOP_REQUESTED'
  if (stops) run.log.info(`${id} is STOP_REQUESTED; waiting for its end`)
  const asked = !stops && (await ask(run, facts, arn))
  const deployment = await lastSeen(run, facts, arn)
  const ended = deployment?.status ?? ''
  if (ended === 'STOPPED' && deployment !== undefined) {
    recorder.note({ stage: 'releasing', ended })
    return { kind: 'stopped', deployment, asked }
  }
  if (ended === 'SUCCESSFUL' && !asked)
    return { kind: 'left', why: 'the deployment ended as SUCCESSFUL before ECS could be told' }
  if (ended !== 'ROLLBACK_SUCCESSFUL')
    return { kind: 'failed', remedy: nextStep, begun: true, ...notDone(id, deployment) }
  const to = await runningAfterRollback(run, deployment)
  return { kind: 'done', to: to ?? nameInArn(facts.before.taskDefinitionArn) }
}

/** The one call of StopServiceDeployment. false when the deployment had ended by then. */
async function ask({ calls, log }: Run, { recorder, started }: RollbackFacts, arn: string): Promise<boolean> {
  log.info(`Telling ECS to roll ${started.primary.id} back`)
  recorder.note({ stage: 'telling' })
  const asked = await calls.stop(arn)
  recorder.note({ stage: asked ? 'told' : 'releasing' })
  return asked
}

/** Follows the deployment to its end, for as long as a rollback may take. */
async function lastSeen(
  run: Run,
  { recorder, started }: RollbackFacts,
  arn: string,
): Promise<ServiceDeployment | undefined> {
  const { calls, clock, log, signal, trouble } = run
  const startedAt = clock.now()
  let status = ''
  const look = ({ deployment }: { deployment: ServiceDeployment }) => {
    if (deployment.status !== status) log.info(`${started.primary.id} is ${deployment.status}`)
    status = deployment.status
  }
  const end = await watch({
    calls: { ...calls, deployment: lookAt(run, started, arn) },
    clock,
    deploymentArn: arn,
    service: started.service,
    startedAt,
    deadline: startedAt + rollbackTimeout * 1000,
    until: 'completed',
    observer: { look, failing: async () => {}, trouble },
    signal,
  })
  if (end.kind === 'ended') recorder.note({ ended: end.view.deployment.status })
  return end.view?.deployment
}

function notDone(id: string, deployment: ServiceDeployment | undefined): { why: string } {
  const time = formatDuration(rollbackTimeout)
  if (deployment === undefined) return { why: `AWS did not answer for ${time} what became of ${id}` }
  const { status, statusReason } = deployment
  const reason = statusReason === undefined ? '' : ` (${statusReason})`
  return status === 'ROLLBACK_FAILED' || status === 'SUCCESSFUL'
    ? { why: `${id} ended as ${status}${reason}` }
    : { why: `${id} was still ${status} after ${time}${reason}` }
}

const nextStep =
  'Look at the deployments and events of the service in the console: while ECS still rolls back, let it end; then deploy a revision that works by the input task-definition.'
