import type { Deployment, Service, ServiceDeployment, ServiceRevision, TaskDefinition } from '../model.ts'
import { deploymentConfigurationView } from '../views/deployment-configuration-view.ts'

/** Puts a new deployment in front, as the scheduler does in the call that starts one. Returns its service deployment. */
export function startDeployment(
  service: Service,
  taskDefinition: TaskDefinition,
  at: number,
): ServiceDeployment {
  const number = String(1_000_000_000_000 + service.revisions.length)
  const place = service.arn.split(':service/')[0]
  const path = `${service.cluster.name}/${service.name}`
  const revision: ServiceRevision = {
    arn: `${place}:service-revision/${path}/${number}`,
    number,
    taskDefinition,
    digests: new Map(),
    loadBalancers: service.loadBalancers,
    raw: service.raw,
    createdAt: at,
  }
  const entry: Deployment = {
    id: `ecs-svc/${number}`,
    status: 'PRIMARY',
    revision,
    taskDefinition,
    desiredCount: service.desiredCount,
    failedTasks: 0,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ecs-svc/${number} in progress.`,
    createdAt: at,
    updatedAt: at,
  }
  const started: ServiceDeployment = {
    arn: `${place}:service-deployment/${path}/${`deployment-${number}`.padStart(21, '0')}`,
    status: 'PENDING',
    target: revision,
    sources: service.deployments.map((old) => old.revision),
    configuration: deploymentConfigurationView(service),
    breaker: { status: 'DISABLED', failureCount: 0, threshold: 3 },
    alarms: { status: 'DISABLED', names: [], triggered: [] },
    createdAt: at,
    updatedAt: at,
  }
  for (const old of service.deployments) old.status = 'ACTIVE'
  service.deployments.unshift(entry)
  service.serviceDeployments.unshift(started)
  service.revisions.unshift(revision)
  return started
}
