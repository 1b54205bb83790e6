import type { Service, TaskDefinition } from '../model.ts'
import { architectureOf, containerDefinitions } from './container-definition.ts'
import { deploymentId, newRevision, newServiceDeployment, supersede } from './service-deployments.ts'
import type { DeploymentRun, ServiceRun } from './service-run.ts'
import { rollout } from './texts.ts'
import type { World } from './world.ts'

/** Starts a deployment of the service as it now is. The one in progress is superseded. */
export function startDeployment(world: World, run: ServiceRun, taskDefinition: TaskDefinition): void {
  const { service } = run
  const now = world.clock.now()
  const previous = service.serviceDeployments[0]
  const revision = newRevision(world, service, taskDefinition)
  const serviceDeployment = newServiceDeployment(world, service, revision)
  if (previous) supersede(world, service, previous)
  const id = deploymentId(revision)
  const started: DeploymentRun = {
    deployment: {
      id,
      status: 'PRIMARY',
      revision,
      taskDefinition,
      desiredCount: service.desiredCount,
      failedTasks: 0,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: rollout.inProgress(id),
      createdAt: now,
      updatedAt: now,
    },
    containers: containerDefinitions(taskDefinition),
    architecture: architectureOf(taskDefinition),
    serviceDeployment,
    hasRun: false,
    proven: false,
    failedResolutions: 0,
    launchFailures: 0,
    launchFailedAt: undefined,
    owedReplacements: 0,
  }
  run.deployments.unshift(started)
  run.steadySince = undefined
  makePrimary(service, started, now)
}

/** Puts a deployment first and makes all others ACTIVE; those that change say when. */
export function makePrimary(service: Service, { deployment: primary }: DeploymentRun, now: number): void {
  const others = service.deployments.filter((deployment) => deployment !== primary)
  for (const other of others) {
    if (other.status === 'PRIMARY') other.updatedAt = now
    other.status = 'ACTIVE'
  }
  primary.status = 'PRIMARY'
  primary.updatedAt = now
  service.deployments = [primary, ...others]
}
