import { objectList, optionalText, required } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { Call } from '../../wire/service.ts'
import { serviceArn } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Cluster, Service, TaskDefinition } from '../model.ts'
import { serviceView } from '../views/service-view.ts'
import { breakerOff, checkPercents, readDeploymentConfiguration } from './deployment-configuration.ts'
import { findCluster } from './find-cluster.ts'
import { runnableTaskDefinition } from './find-task-definition.ts'
import { invalidParameter } from './refusals.ts'
import { checkScheduling, readCompute } from './service-compute.ts'
import { checkContainersExist, checkTargetTypes, readLoadBalancers } from './service-load-balancers.ts'
import { amount, readOtherMembers } from './service-members.ts'
import { checkNetwork } from './service-network.ts'
import { checkTags } from './tags.ts'

/** CreateService: puts the service into its cluster and hands it to the scheduler, which starts its first deployment. */
export function createService(ecs: Ecs, input: JsonObject, call: Call): JsonObject {
  const cluster = findCluster(ecs, input)
  const name = freeName(cluster, input)
  const taskDefinition = runnableTaskDefinition(ecs, optionalText(input, 'taskDefinition') ?? '')
  const service = readService(ecs, input, { cluster, name, taskDefinition })
  service.raw.createdBy = call.caller.arn
  cluster.services.set(name, service)
  ecs.scheduler.createService(service, taskDefinition)
  return { service: serviceView(ecs, service, { justChanged: true, tags: true }) }
}

/** A name is free again once its service is INACTIVE. */
function freeName(cluster: Cluster, input: JsonObject): string {
  const name = required(optionalText(input, 'serviceName'), 'serviceName')
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter('Invalid service name.')
  const taken = cluster.services.get(name)?.status
  if (taken === 'ACTIVE') throw invalidParameter('Creation of service was not idempotent.')
  if (taken === 'DRAINING') throw invalidParameter('Unable to Start a service that is still Draining.')
  return name
}

/** What a service has that never said so: an update that sends the same changes nothing and starts no deployment. */
const unset: JsonObject = { platformVersion: 'LATEST', serviceRegistries: [], volumeConfigurations: [] }

interface Placed {
  cluster: Cluster
  name: string
  taskDefinition: TaskDefinition
}

function readService(ecs: Ecs, input: JsonObject, placed: Placed): Service {
  const { cluster, name, taskDefinition } = placed
  checkScheduling(input)
  checkTags(input)
  objectList(input, 'capacityProviderStrategy')
  const configuration = readDeploymentConfiguration(input)
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = configuration
  checkPercents(minimumHealthyPercent, maximumPercent)
  const raw = { ...unset, ...readOtherMembers(input), ...readCompute(input, taskDefinition) }
  checkNetwork(raw.networkConfiguration, taskDefinition)
  const loadBalancers = readLoadBalancers(ecs, input) ?? []
  checkTargetTypes(ecs, loadBalancers, taskDefinition)
  checkContainersExist(loadBalancers, taskDefinition)
  return {
    arn: serviceArn(ecs.place, cluster.name, name),
    name,
    cluster,
    status: 'ACTIVE',
    desiredCount: required(amount(input, 'desiredCount'), 'desiredCount'),
    minimumHealthyPercent,
    maximumPercent,
    circuitBreaker: configuration.circuitBreaker ?? breakerOff,
    healthCheckGracePeriodSeconds: amount(input, 'healthCheckGracePeriodSeconds') ?? 0,
    loadBalancers,
    raw: { ...raw, deploymentConfiguration: configuration.rest },
    createdAt: ecs.clock.now(),
    events: [],
    deployments: [],
    serviceDeployments: [],
    revisions: [],
  }
}
