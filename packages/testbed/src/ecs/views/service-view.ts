import { type JsonObject, present } from '../../wire/json.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Deployment, Service } from '../model.ts'
import { serviceCompute } from './compute-view.ts'
import { deploymentConfigurationView } from './deployment-configuration-view.ts'
import { deploymentView, visibleCount, visibleDeployments } from './deployment-view.ts'
import { seconds } from './seconds.ts'
import { taskCounts } from './task-counts.ts'

/**
 * A service as DescribeServices shows it, or, with `justChanged`, as the operation that changed it answers.
 * Members that were submitted and are not known here are shown as they came.
 * Source: Amazon ECS API Reference, "Service"; `deploymentController` and `taskSets` are absent for the ECS controller.
 */
export function serviceView(
  ecs: Ecs,
  service: Service,
  show: { justChanged: boolean; tags: boolean },
): JsonObject {
  const { tags } = service.raw
  const raw = Object.fromEntries(Object.entries(service.raw).filter(([name]) => !elsewhere.includes(name)))
  const desiredCount = visibleCount(ecs, service, show.justChanged)
  const deployments = visibleDeployments(ecs, service, show.justChanged).map((deployment) =>
    carriesCount(service, deployment) ? { ...deployment, desiredCount } : deployment,
  )
  const counts = taskCounts(service)
  return present({
    ...memberDefaults,
    ...raw,
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    loadBalancers: service.loadBalancers.map((loadBalancer) => ({ ...loadBalancer })),
    status: service.status,
    desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    ...serviceCompute(service.raw),
    taskDefinition: deployments[0]?.taskDefinition.arn,
    deploymentConfiguration: deploymentConfigurationView(service),
    deployments: deployments.map((deployment) => deploymentView(service, deployment)),
    roleArn: serviceRole(ecs, service),
    events: service.events.map(({ id, createdAt, message }) => ({
      id,
      createdAt: seconds(createdAt),
      message,
    })),
    createdAt: seconds(service.createdAt),
    currentServiceDeployment: currentServiceDeployment(ecs, service, show.justChanged),
    currentServiceRevisions: deployments.map((deployment) => revisionCounts(service, deployment)),
    ...healthCheckGracePeriod(service),
    tags: show.tags ? (tags ?? []) : undefined,
  })
}

/** Whether it is the newest, and had the count before it changed. */
function carriesCount({ deployments, earlierCount }: Service, { createdAt, id }: Deployment): boolean {
  return deployments[0]?.id === id && createdAt < (earlierCount?.createdAt ?? 0)
}

/** Members that AWS shows in the deployments only, or that are put together from several. */
const elsewhere: readonly string[] = [
  'tags',
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
]

const memberDefaults: JsonObject = {
  serviceRegistries: [],
  placementConstraints: [],
  placementStrategy: [],
  schedulingStrategy: 'REPLICA',
  enableECSManagedTags: false,
  propagateTags: 'NONE',
  enableExecuteCommand: false,
  availabilityZoneRebalancing: 'DISABLED',
}

/** ECS acts for a service through its service-linked role when it has network interfaces or targets to manage. */
function serviceRole({ place }: Ecs, service: Service): string | undefined {
  if (service.loadBalancers.length === 0 && service.raw.networkConfiguration === undefined) return undefined
  const role = 'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'
  return `arn:${place.partition}:iam::${place.accountId}:${role}`
}

function currentServiceDeployment(ecs: Ecs, service: Service, justChanged: boolean): string | undefined {
  const [newest] = service.serviceDeployments
  if (justChanged) return newest?.arn
  const [old] = ecs.visibility.settled('currentServiceDeployment', service.serviceDeployments)
  return (old ?? newest)?.arn
}

function revisionCounts(service: Service, deployment: Deployment): JsonObject {
  const counts = taskCounts(service, deployment.id)
  return {
    arn: deployment.revision.arn,
    requestedTaskCount: deployment.desiredCount,
    runningTaskCount: counts.running,
    pendingTaskCount: counts.pending,
  }
}

function healthCheckGracePeriod(service: Service): JsonObject {
  const period = service.healthCheckGracePeriodSeconds
  return service.loadBalancers.length > 0 || period > 0 ? { healthCheckGracePeriodSeconds: period } : {}
}
