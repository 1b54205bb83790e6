import type { Deployment, Service } from '../model.ts'
import { alarmsOf } from './deployment-alarms.ts'
import { makePrimary } from './deployments.ts'
import { isTerminal, moveServiceDeployment } from './edges.ts'
import { report } from './event-log.ts'
import { deploymentFailed, deploymentFailedByAlarm, rollingBack } from './events.ts'
import { finishServiceDeployment } from './service-deployments.ts'
import { type DeploymentRun, primaryOf, type ServiceRun } from './service-run.ts'
import { rollout, statusReason } from './texts.ts'
import type { World } from './world.ts'

/** The circuit breaker has tripped. */
export function failByBreaker(world: World, run: ServiceRun, failed: DeploymentRun): void {
  const { deployment, serviceDeployment } = failed
  report(run.service, world.clock, deploymentFailed(deployment.id))
  deployment.rolloutStateReason = rollout.failed
  serviceDeployment.breaker.status = 'TRIGGERED'
  const { rollback } = run.service.circuitBreaker
  failDeployment(world, run, failed, rollback ? statusReason.breaker : undefined)
}

/** A deployment alarm has gone into ALARM. */
export function failByAlarm(world: World, run: ServiceRun, failed: DeploymentRun): void {
  const { deployment } = failed
  report(run.service, world.clock, deploymentFailedByAlarm(deployment.id))
  deployment.rolloutStateReason = rollout.failedByAlarm
  const { rollback } = alarmsOf(run.service)
  failDeployment(world, run, failed, rollback ? statusReason.alarms : undefined)
}

/** The deployment launches no more tasks, and is rolled back where what failed it asks for that, with this reason. */
function failDeployment(
  world: World,
  run: ServiceRun,
  failed: DeploymentRun,
  rollback: string | undefined,
): void {
  const { deployment, serviceDeployment } = failed
  deployment.rolloutState = 'FAILED'
  deployment.updatedAt = world.clock.now()
  if (serviceDeployment.status === 'ROLLBACK_IN_PROGRESS') abandonRollback(world, run, failed)
  else if (rollback !== undefined) beginRollback(world, run, failed, rollback)
  else stopDeployment(world, run.service, failed)
}

/** Detection without rollback: what runs of the failed deployment and of the one before stays. */
function stopDeployment(world: World, service: Service, { serviceDeployment }: DeploymentRun): void {
  moveServiceDeployment(serviceDeployment, 'STOP_REQUESTED', world.clock.now())
  world.later(service, world.timings.deploymentStop, () => {
    if (serviceDeployment.status !== 'STOP_REQUESTED') return
    serviceDeployment.stoppedAt = world.clock.now()
    finishServiceDeployment(world, service, serviceDeployment, 'STOPPED')
  })
}

/** StopServiceDeployment: works whether or not a rollback is configured; what already stops or rolls back goes on as it was. */
export function rollBackByUser(world: World, run: ServiceRun): void {
  const primary = primaryOf(run)
  const { serviceDeployment } = primary
  if (serviceDeployment.status !== 'PENDING' && serviceDeployment.status !== 'IN_PROGRESS') return
  const now = world.clock.now()
  moveServiceDeployment(serviceDeployment, 'ROLLBACK_REQUESTED', now)
  serviceDeployment.stoppedAt = now
  // A newer deployment may take over meanwhile, and then there is nothing left to roll back.
  const isStill = (): boolean =>
    serviceDeployment.status === 'ROLLBACK_REQUESTED' && primaryOf(run) === primary
  world.later(run.service, world.timings.deploymentStop, () => {
    if (isStill()) beginRollback(world, run, primary, statusReason.user)
  })
}

function beginRollback(world: World, run: ServiceRun, from: DeploymentRun, reason: string): void {
  const { serviceDeployment } = from
  const now = world.clock.now()
  moveServiceDeployment(serviceDeployment, 'ROLLBACK_IN_PROGRESS', now)
  serviceDeployment.statusReason = reason
  const candidate = rollbackCandidate(run)
  if (!candidate) {
    abandonRollback(world, run, from)
    return
  }
  serviceDeployment.rollback = { reason, startedAt: now, revision: candidate.deployment.revision }
  reactivate(world, run, candidate, from, reason)
}

/**
 * The deployment that was COMPLETED last, if it still is: one that is itself being rolled back to is not eligible.
 * Source: Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures".
 */
function rollbackCandidate(run: ServiceRun): DeploymentRun | undefined {
  const eligible = (deployment: Deployment): boolean =>
    deployment === run.lastCompleted && deployment.rolloutState === 'COMPLETED'
  return run.deployments.find(({ deployment }) => eligible(deployment))
}

/** The rollback runs under the old deployment's id and with the digests of its revision (ecs-model.md 3.8, 4.1). */
function reactivate(
  world: World,
  run: ServiceRun,
  old: DeploymentRun,
  failed: DeploymentRun,
  reason: string,
): void {
  const { service } = run
  const { deployment } = old
  report(service, world.clock, rollingBack(deployment.id))
  deployment.rolloutState = 'IN_PROGRESS'
  // The text of a rollback that a user asked for is not established.
  deployment.rolloutStateReason =
    reason === statusReason.user ? rollout.inProgress(deployment.id) : rollout.rollingBack(deployment.id)
  deployment.desiredCount = service.desiredCount
  deployment.failedTasks = 0
  const own = [...run.tasks].filter(({ of }) => of === old)
  Object.assign(old, {
    serviceDeployment: failed.serviceDeployment,
    hasRun: own.some(({ task }) => task.lastStatus === 'RUNNING'),
    failedResolutions: 0,
    launchFailures: 0,
    launchFailedAt: undefined,
    owedReplacements: 0,
  } satisfies Partial<DeploymentRun>)
  makePrimary(service, old, world.clock.now())
}

/** No candidate, or the rollback failed in turn (assumed to end alike): the deployment stays PRIMARY and stalls. */
function abandonRollback(world: World, run: ServiceRun, stalled: DeploymentRun): void {
  const { deployment, serviceDeployment } = stalled
  if (deployment.rolloutState !== 'FAILED') {
    deployment.rolloutState = 'FAILED'
    deployment.rolloutStateReason = statusReason.noCandidate
  }
  world.later(run.service, world.timings.deploymentStop, () => {
    if (isTerminal(serviceDeployment.status)) return
    serviceDeployment.statusReason = statusReason.noCandidate
    finishServiceDeployment(world, run.service, serviceDeployment, 'ROLLBACK_FAILED')
  })
}
