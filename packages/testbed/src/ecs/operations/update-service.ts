import { flag, object, optionalText } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Service, TaskDefinition } from '../model.ts'
import type { ServiceChange } from '../scheduler/scheduler.ts'
import { serviceView } from '../views/service-view.ts'
import { checkPercents, readDeploymentConfiguration } from './deployment-configuration.ts'
import { findService } from './find-service.ts'
import { runnableTaskDefinition } from './find-task-definition.ts'
import { checkCompatibility } from './service-compute.ts'
import { checkContainersExist, checkTargetTypes, readLoadBalancers } from './service-load-balancers.ts'
import { amount, readOtherMembers } from './service-members.ts'
import { checkNetwork } from './service-network.ts'

/**
 * UpdateService: what the request leaves out or sets to null stays, an empty list clears. Its own answer shows the
 * new deployment at once. Whether one starts is the scheduler's decision (ecs-model.md 3.1).
 */
export function updateService(ecs: Ecs, input: JsonObject): JsonObject {
  const service = findService(ecs, input)
  if (service.status !== 'ACTIVE')
    throw new ServiceError('ServiceNotActiveException', 'Service was not ACTIVE.')
  const change = readChange(ecs, service, input)
  checkResult(ecs, service, change)
  ecs.scheduler.updateService(service, change)
  return { service: serviceView(ecs, service, { justChanged: true, tags: false }) }
}

function readChange(ecs: Ecs, service: Service, input: JsonObject): ServiceChange {
  const name = optionalText(input, 'taskDefinition')
  const configuration = readDeploymentConfiguration(input)
  // These three are not UpdateService's to change, and AWS passes over members that an operation does not have.
  const {
    launchType: _launchType,
    schedulingStrategy: _strategy,
    tags: _tags,
    ...raw
  } = readOtherMembers(input)
  if (object(input, 'deploymentConfiguration')) {
    const before = object(service.raw, 'deploymentConfiguration') ?? {}
    raw.deploymentConfiguration = { ...before, ...configuration.rest }
  }
  const change: ServiceChange = { raw }
  const set = <K extends keyof ServiceChange>(member: K, value: ServiceChange[K] | undefined): void => {
    if (value !== undefined) change[member] = value
  }
  set('taskDefinition', name === undefined ? undefined : runnableTaskDefinition(ecs, name))
  set('forceNewDeployment', flag(input, 'forceNewDeployment'))
  set('desiredCount', amount(input, 'desiredCount'))
  set('minimumHealthyPercent', configuration.minimumHealthyPercent)
  set('maximumPercent', configuration.maximumPercent)
  set('circuitBreaker', configuration.circuitBreaker)
  set('healthCheckGracePeriodSeconds', amount(input, 'healthCheckGracePeriodSeconds'))
  set('loadBalancers', readLoadBalancers(ecs, input))
  return change
}

/** The service as it would be must be one that AWS would have let be created. */
function checkResult(ecs: Ecs, service: Service, change: ServiceChange): void {
  checkPercents(
    change.minimumHealthyPercent ?? service.minimumHealthyPercent,
    change.maximumPercent ?? service.maximumPercent,
  )
  const taskDefinition = change.taskDefinition ?? currentTaskDefinition(service)
  if (!taskDefinition) return
  checkCompatibility({ ...service.raw, ...change.raw }, taskDefinition)
  checkNetwork(change.raw?.networkConfiguration ?? service.raw.networkConfiguration, taskDefinition)
  const loadBalancers = change.loadBalancers ?? service.loadBalancers
  checkTargetTypes(ecs, loadBalancers, taskDefinition)
  checkContainersExist(loadBalancers, taskDefinition)
}

function currentTaskDefinition(service: Service): TaskDefinition | undefined {
  return service.deployments.find(({ status }) => status === 'PRIMARY')?.taskDefinition
}
