import { isObject, type JsonObject } from '../../wire/json.ts'
import type { Service } from '../model.ts'

/**
 * `deploymentConfiguration` of a service or a service deployment. A breaker that was never set shows as off, without
 * the members that only matter when it is on.
 */
export function deploymentConfigurationView(service: Service): JsonObject {
  const rest = isObject(service.raw.deploymentConfiguration) ? service.raw.deploymentConfiguration : {}
  const { enable, rollback, resetOnHealthyTask, threshold } = service.circuitBreaker
  const details: JsonObject = { resetOnHealthyTask, thresholdConfiguration: { ...threshold } }
  return {
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
    ...rest,
    deploymentCircuitBreaker: { enable, rollback, ...(enable ? details : {}) },
    maximumPercent: service.maximumPercent,
    minimumHealthyPercent: service.minimumHealthyPercent,
  }
}
