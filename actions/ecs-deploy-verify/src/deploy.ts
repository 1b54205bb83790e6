import {
  ActionError,
  carryOut,
  type Deployment,
  deploymentAfter,
  isTransient,
  mustDeploy,
  nameInArn,
  primaryOf,
  registerOnce,
  type Service,
  type ServiceUpdate,
  type TaskDefinitionPlan,
  updateOnce,
} from '@ecs-release/core'
import type { Run } from './run.ts'
import type { Terms } from './terms.ts'

/** A deployment that is under way, or the one that already was. */
export interface Started {
  before: Service
  service: Service
  primary: Deployment
  isNew: boolean
  taskDefinitionArn: string
  /** The count that UpdateService was asked for. */
  desiredCount: number | undefined
  /** When UpdateService was called. Milliseconds since the epoch. */
  updatedAt: number
  /** When it had answered, which is later where it had to be asked again. */
  answeredAt: number
  terms: Terms
}

/** What is to be deployed, and how. */
export interface Order {
  /** What the service is to run, registered. */
  taskDefinitionArn: string
  /** What UpdateService is sent; when that is nothing, it is not called. */
  change: ServiceUpdate
  terms: Terms
  /** Is told right before UpdateService is called. */
  updating(): void
  /** Is told when AWS has refused it, so that nothing has changed. */
  refused(): void
}

/** The revision of a plan, which is registered if it is new, within the seconds of `timeout`. */
export async function registered(run: Run, plan: TaskDefinitionPlan, timeout: number): Promise<string> {
  const { clock, log, logbook, signal } = run
  // Nothing is written any more once the step is cancelled.
  signal.throwIfAborted()
  const taskDefinitionArn = await carryOut(plan, (body) =>
    registerOnce(body, { ...run, deadline: clock.now() + timeout * 1000 }),
  )
  if (plan.kind === 'register') {
    log.info(`Registered ${taskDefinitionArn}; every submitted member came back`)
    logbook.note(`registered ${nameInArn(taskDefinitionArn)}`)
  }
  return taskDefinitionArn
}

/** Updates the service and finds the deployment that this has started. */
export async function deploy(run: Run, before: Service, order: Order): Promise<Started> {
  const { calls, clock, log, logbook, signal, trouble } = run
  const { change, taskDefinitionArn, terms } = order
  signal.throwIfAborted()
  const updatedAt = clock.now()
  warnOfRollback(run, before, change)
  const members = Object.keys(change)
  const answer = members.length === 0 ? before : await update(run, before, order)
  const answeredAt = clock.now()
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
  const { desiredCount } = change
  return { before, service, primary, isNew, taskDefinitionArn, desiredCount, updatedAt, answeredAt, terms }
}

async function update(
  run: Run,
  before: Service,
  { change, refused, terms, updating }: Order,
): Promise<Service> {
  updating()
  try {
    return await updateOnce(before, change, { ...run, deadline: run.clock.now() + terms.timeout * 1000 })
  } catch (error) {
    if (isRefusal(error)) refused()
    throw error
  }
}

/** After a cancellation, and after an error that may pass, it is not known whether AWS has done what it was asked to. */
export function isRefusal(error: unknown): error is ActionError {
  if (!(error instanceof ActionError) || error.code === 'cancelled') return false
  return error.code === 'throttled' || !isTransient(error)
}

/** ECS rolls back to the last deployment that has completed, and a successful one completes only when its old tasks are gone. */
function warnOfRollback({ log }: Run, before: Service, change: ServiceUpdate): void {
  const current = primaryOf(before)
  if (current?.rolloutState !== 'IN_PROGRESS' || !mustDeploy(before, change)) return
  log.warning(
    `${current.id} of ${before.name} has not completed yet: should the new deployment fail, ECS rolls back to one before it`,
  )
}
