import {
  ActionError,
  carryOut,
  type Deployment,
  deploymentAfter,
  nameInArn,
  primaryOf,
  registerOnce,
  type Service,
  type ServiceUpdate,
  updateOnce,
} from '@ecs-release/core'
import { namesDefinition } from './apply-edits.ts'
import type { Prepared } from './prepare.ts'
import type { Run } from './run.ts'

/** A deployment that is under way, or the one that already was. */
export interface Started {
  before: Service
  service: Service
  primary: Deployment
  isNew: boolean
  taskDefinitionArn: string
  /** When UpdateService was called. Milliseconds since the epoch. */
  updatedAt: number
}

/** Registers the task definition if it is new and updates the service with only what the user gave. */
export async function deploy(
  run: Run,
  before: Service,
  { plan }: Prepared,
  updating: (taskDefinitionArn: string) => void,
): Promise<Started> {
  const { calls, clock, inputs, log, logbook, signal, trouble } = run
  const time = inputs.timeout * 1000
  // Nothing is written any more once the step is cancelled.
  signal.throwIfAborted()
  const taskDefinitionArn = await carryOut(plan, (body) =>
    registerOnce(body, { ...run, deadline: clock.now() + time }),
  )
  if (plan.kind === 'register') {
    log.info(`Registered ${taskDefinitionArn}; every submitted member came back`)
    logbook.note(`registered ${nameInArn(taskDefinitionArn)}`)
  }
  const change: ServiceUpdate = {
    ...(namesDefinition(inputs) ? { taskDefinition: taskDefinitionArn } : {}),
    ...(inputs.forceNewDeployment ? { forceNewDeployment: true } : {}),
    ...(inputs.desiredCount === undefined ? {} : { desiredCount: inputs.desiredCount }),
  }
  signal.throwIfAborted()
  const updatedAt = clock.now()
  warnOfRollback(run, before, change)
  const members = Object.keys(change)
  if (members.length > 0) updating(taskDefinitionArn)
  const answer =
    members.length === 0 ? before : await updateOnce(before, change, { ...run, deadline: updatedAt + time })
  logbook.note(members.length === 0 ? 'nothing to update' : `updated the service: ${members.join(', ')}`)
  const { service, primary, isNew } = await deploymentAfter(before, answer, change, {
    calls,
    clock,
    trouble,
    signal,
  })
  if (primary === undefined) {
    throw new ActionError('rejected', `The service ${service.name} has no PRIMARY deployment`, {
      hint: `Its deployment controller is ${service.deploymentController} and its status ${service.status}; this action deploys to ACTIVE services of the ECS controller.`,
    })
  }
  const old = primaryOf(before)?.id ?? 'none'
  log.info(
    isNew
      ? `Started ${primary.id} (before: ${old})`
      : `No deployment was started: ${primary.id} stays PRIMARY`,
  )
  logbook.note(isNew ? `${primary.id} started` : `no new deployment, ${primary.id} stays`)
  return { before, service, primary, isNew, taskDefinitionArn, updatedAt }
}

/** ECS rolls back to the last deployment that has completed, and a successful one completes only when its old tasks are gone. */
function warnOfRollback({ log }: Run, before: Service, change: ServiceUpdate): void {
  const current = primaryOf(before)
  if (current?.rolloutState !== 'IN_PROGRESS' || Object.keys(change).length === 0) return
  log.warning(
    `${current.id} of ${before.name} has not completed yet: should the new deployment fail, ECS rolls back to one before it`,
  )
}
