import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../wire/json.ts'
import type { Service, TaskDefinition } from '../model.ts'
import type { ServiceChange } from './scheduler.ts'

/** Members of UpdateService outside the model that start a deployment when they differ (API Reference, "UpdateService"). */
const deploying: readonly string[] = [
  'networkConfiguration',
  'platformVersion',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
]

/** Whether a change starts a deployment. A null means unchanged, as it does for AWS. */
export function startsDeployment(
  service: Pick<Service, 'loadBalancers' | 'raw'>,
  running: TaskDefinition,
  change: ServiceChange,
): boolean {
  if (change.forceNewDeployment) return true
  if (change.taskDefinition && change.taskDefinition.arn !== running.arn) return true
  if (change.loadBalancers && !isDeepStrictEqual(change.loadBalancers, service.loadBalancers)) return true
  return deploying.some((member) => {
    const value = change.raw?.[member] ?? undefined
    return value !== undefined && !isDeepStrictEqual(value, service.raw[member])
  })
}

/** Writes a change into the service, but for what the deployment itself carries. */
export function applyChange(service: Service, change: ServiceChange): void {
  service.desiredCount = change.desiredCount ?? service.desiredCount
  service.minimumHealthyPercent = change.minimumHealthyPercent ?? service.minimumHealthyPercent
  service.maximumPercent = change.maximumPercent ?? service.maximumPercent
  service.circuitBreaker = change.circuitBreaker ?? service.circuitBreaker
  service.healthCheckGracePeriodSeconds =
    change.healthCheckGracePeriodSeconds ?? service.healthCheckGracePeriodSeconds
  service.loadBalancers = change.loadBalancers ?? service.loadBalancers
  const raw: JsonObject = { ...service.raw }
  for (const [member, value] of Object.entries(change.raw ?? {})) if (value !== null) raw[member] = value
  service.raw = raw
}
