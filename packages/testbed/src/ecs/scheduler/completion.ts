import type { ServiceDeployment, Task } from '../model.ts'
import { isBaked } from './deployment-alarms.ts'
import { elapsed } from './elapsed.ts'
import { report } from './event-log.ts'
import { deploymentCompleted, steadyState } from './events.ts'
import { finishServiceDeployment } from './service-deployments.ts'
import { type DeploymentRun, primaryOf, type ServiceRun } from './service-run.ts'
import { rollout } from './texts.ts'
import type { World } from './world.ts'

/** Drops what is over from `deployments[]`, and completes the deployment and then the service's way to a steady state. */
export function complete(world: World, run: ServiceRun): void {
  const primary = primaryOf(run)
  if (isSuccessful(world, run, primary)) succeed(world, run, primary)
  dropEmptyDeployments(run)
  if (run.service.deployments.length === 1) completeClassic(world, run, primary)
  steady(world, run, primary)
}

/** All tasks of the PRIMARY run and are healthy, and all others have been asked to stop; some may still be at it (ecs-model.md 3.6). */
function isSuccessful(world: World, run: ServiceRun, primary: DeploymentRun): boolean {
  const { deployment } = primary
  if (deployment.rolloutState !== 'IN_PROGRESS') return false
  if (!elapsed(world.clock, deployment.createdAt, world.timings.firstStart) || !isComplete(run)) return false
  return isBaked(world, run.service, primary)
}

function isComplete(run: ServiceRun): boolean {
  const { deployment } = primaryOf(run)
  const wanted = [...run.tasks].filter(({ task }) => task.desiredStatus === 'RUNNING')
  return (
    wanted.length === run.service.desiredCount &&
    wanted.every(({ task, of }) => of.deployment === deployment && serves(task))
  )
}

function serves(task: Task): boolean {
  return task.countedHealthy === true && task.drainingSince === undefined
}

function succeed(world: World, run: ServiceRun, primary: DeploymentRun): void {
  const { serviceDeployment } = primary
  if (serviceDeployment.status === 'IN_PROGRESS') {
    finishServiceDeployment(world, run.service, serviceDeployment, 'SUCCESSFUL')
  } else if (serviceDeployment.status === 'ROLLBACK_IN_PROGRESS') {
    finishServiceDeployment(world, run.service, serviceDeployment, 'ROLLBACK_SUCCESSFUL')
  }
  if (succeeded(serviceDeployment)) primary.proven = true
}

function succeeded({ status }: ServiceDeployment): boolean {
  return status === 'SUCCESSFUL' || status === 'ROLLBACK_SUCCESSFUL'
}

/** A deployment leaves the list when its last task is STOPPED; the PRIMARY never does. */
function dropEmptyDeployments(run: ServiceRun): void {
  const alive = new Set(
    [...run.tasks].filter(({ task }) => task.lastStatus !== 'STOPPED').map(({ of }) => of.deployment),
  )
  run.service.deployments = run.service.deployments.filter(
    (deployment) => deployment.status === 'PRIMARY' || alive.has(deployment),
  )
  run.deployments = run.deployments.filter(
    ({ deployment }) => run.service.deployments.includes(deployment) || deployment === run.lastCompleted,
  )
}

function completeClassic(
  world: World,
  run: ServiceRun,
  { deployment, serviceDeployment }: DeploymentRun,
): void {
  if (!succeeded(serviceDeployment) || deployment.rolloutState !== 'IN_PROGRESS') return
  deployment.rolloutState = 'COMPLETED'
  deployment.rolloutStateReason = rollout.completed(deployment.id)
  deployment.updatedAt = world.clock.now()
  run.lastCompleted = deployment
  report(run.service, world.clock, deploymentCompleted(deployment.id))
}

/** Reported when it is reached, and again every 6 hours while it lasts. */
function steady(world: World, run: ServiceRun, { deployment }: DeploymentRun): void {
  const { clock, timings } = world
  const isSteady =
    run.service.deployments.length === 1 && deployment.rolloutState === 'COMPLETED' && isComplete(run)
  if (!isSteady) {
    run.steadySince = undefined
    return
  }
  if (run.steadySince !== undefined && clock.secondsSince(run.steadySince) < timings.eventRepeat) return
  run.steadySince = clock.now()
  report(run.service, clock, steadyState)
}
