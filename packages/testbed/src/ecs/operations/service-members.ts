import { flag, object, objectList, optionalText, wholeNumber } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { invalidParameter, notModelled } from './refusals.ts'
import { readNetworkConfiguration } from './service-network.ts'
import { withoutNulls } from './task-definition-defaults.ts'

/** Members that a service's model holds itself, or that are about the call and not the service. */
const modelled: readonly string[] = [
  'cluster',
  'service',
  'serviceName',
  'taskDefinition',
  'desiredCount',
  'loadBalancers',
  'deploymentConfiguration',
  'healthCheckGracePeriodSeconds',
  'forceNewDeployment',
  'deploymentController',
  'clientToken',
  'role',
]

/** Everything else that a request says about a service, unknown members included: what goes into `Service.raw`. */
export function readOtherMembers(input: JsonObject): JsonObject {
  for (const name of ['enableExecuteCommand', 'enableECSManagedTags']) flag(input, name)
  for (const name of ['platformVersion', 'propagateTags', 'availabilityZoneRebalancing'])
    optionalText(input, name)
  for (const name of ['serviceRegistries', 'placementConstraints', 'placementStrategy'])
    objectList(input, name)
  const controller = optionalText(object(input, 'deploymentController') ?? {}, 'type') ?? 'ECS'
  if (controller !== 'ECS') throw notModelled(`deployment controller ${controller}`)
  const given = withoutNulls(input)
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !modelled.includes(name)))
  const networkConfiguration = readNetworkConfiguration(input)
  return networkConfiguration ? { ...rest, networkConfiguration } : rest
}

/** A count or a number of seconds: absent, or not negative. */
export function amount(input: JsonObject, name: string): number | undefined {
  const value = wholeNumber(input, name)
  if (value !== undefined && value < 0) throw invalidParameter(`${name} must not be negative.`)
  return value
}
