import { arn } from '../../wire/place.ts'
import type { Service, ServiceDeployment, ServiceRevision, TaskDefinition } from '../model.ts'
import { deploymentConfigurationView } from '../views/deployment-configuration-view.ts'
import { revisionCounts } from '../views/task-counts.ts'
import { threshold } from './circuit-breaker.ts'
import { watchedAlarms } from './deployment-alarms.ts'
import { isTerminal, moveServiceDeployment } from './edges.ts'
import { deploymentNumber, serviceDeploymentId } from './ids.ts'
import type { World } from './world.ts'

type Terminal = 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED'

/** `ecs-svc/N`: the deployment that runs a revision has its number. */
export function deploymentId(revision: ServiceRevision): string {
  return `ecs-svc/${revision.number}`
}

/** Takes a snapshot of what the service is to run. */
export function newRevision(world: World, service: Service, taskDefinition: TaskDefinition): ServiceRevision {
  const number = deploymentNumber()
  const resource = `service-revision/${service.cluster.name}/${service.name}/${number}`
  const revision: ServiceRevision = {
    arn: arn(world.place, 'ecs', resource),
    number,
    taskDefinition,
    digests: new Map(),
    loadBalancers: service.loadBalancers.map((balancer) => ({ ...balancer })),
    raw: { ...service.raw },
    createdAt: world.clock.now(),
  }
  service.revisions.unshift(revision)
  return revision
}

/** A new service deployment, PENDING for a moment. Its sources are the revisions that the service has been running. */
export function newServiceDeployment(
  world: World,
  service: Service,
  target: ServiceRevision,
): ServiceDeployment {
  const now = world.clock.now()
  const id = serviceDeploymentId()
  const { enable } = service.circuitBreaker
  const created: ServiceDeployment = {
    arn: arn(world.place, 'ecs', `service-deployment/${service.cluster.name}/${service.name}/${id}`),
    status: 'PENDING',
    target,
    sources: service.deployments.map(({ revision }) => revision),
    configuration: deploymentConfigurationView(service),
    breaker: {
      status: enable ? 'MONITORING' : 'DISABLED',
      failureCount: 0,
      threshold: enable ? threshold(service.circuitBreaker, service.desiredCount) : 0,
    },
    alarms: watchedAlarms(world, service),
    createdAt: now,
    updatedAt: now,
  }
  service.serviceDeployments.unshift(created)
  world.later(service, world.timings.deploymentPending, () => {
    if (created.status !== 'PENDING') return
    created.startedAt = world.clock.now()
    moveServiceDeployment(created, 'IN_PROGRESS', created.startedAt)
  })
  return created
}

/** Ends a service deployment: from here on its counts no longer follow the tasks. */
export function finishServiceDeployment(
  world: World,
  service: Service,
  of: ServiceDeployment,
  status: Terminal,
): void {
  const now = world.clock.now()
  moveServiceDeployment(of, status, now)
  of.finishedAt = now
  of.finalCounts = new Map(
    [of.target, ...of.sources].map((revision) => [revision, revisionCounts(service, revision)]),
  )
  if (of.breaker.status === 'MONITORING') of.breaker.status = 'MONITORING_COMPLETE'
  if (of.alarms.status === 'MONITORING') of.alarms.status = 'MONITORING_COMPLETE'
}

/** A newer deployment takes over: the older one stops within a fraction of a second (ecs-model.md 5.5). */
export function supersede(world: World, service: Service, older: ServiceDeployment): void {
  if (isTerminal(older.status) || older.status === 'STOP_REQUESTED') return
  if (older.status === 'PENDING' || older.status === 'IN_PROGRESS') {
    moveServiceDeployment(older, 'STOP_REQUESTED', world.clock.now())
  }
  world.later(service, world.timings.deploymentStop, () => {
    if (isTerminal(older.status)) return
    // What becomes of a rollback that a new deployment interrupts is not established; the edges leave only this.
    const status = older.status === 'ROLLBACK_IN_PROGRESS' ? 'ROLLBACK_FAILED' : 'STOPPED'
    finishServiceDeployment(world, service, older, status)
  })
}
