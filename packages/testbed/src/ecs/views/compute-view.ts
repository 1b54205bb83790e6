import { type JsonObject, present } from '../../wire/json.ts'

/** The platform version that `LATEST` stands for on Fargate Linux; deployments, revisions and tasks show it resolved. */
const latestPlatform = '1.4.0'

/** Whether tasks with these settings run on Fargate, through the launch type or a capacity provider. */
export function isFargate(raw: JsonObject): boolean {
  const [first] = Array.isArray(raw.capacityProviderStrategy) ? raw.capacityProviderStrategy : []
  return first === undefined ? raw.launchType === 'FARGATE' : JSON.stringify(first).includes('"FARGATE')
}

/** Where the tasks of a service run, as the service itself tells it: `LATEST` stays `LATEST`. */
export function serviceCompute(raw: JsonObject): JsonObject {
  const strategy = raw.capacityProviderStrategy
  const byProvider = Array.isArray(strategy) && strategy.length > 0
  return {
    ...(byProvider ? { capacityProviderStrategy: strategy } : { launchType: raw.launchType ?? 'EC2' }),
    ...(isFargate(raw) ? { platformVersion: raw.platformVersion ?? 'LATEST', platformFamily: 'Linux' } : {}),
  }
}

/** The same for a deployment or a revision: with the platform version it really got. */
export function deploymentCompute(raw: JsonObject): JsonObject {
  const compute = serviceCompute(raw)
  return compute.platformVersion === 'LATEST' ? { ...compute, platformVersion: latestPlatform } : compute
}

/** The same for a task, which has a launch type even where a capacity provider chose it. */
export function taskCompute(raw: JsonObject): JsonObject {
  const { capacityProviderStrategy: _, ...compute } = deploymentCompute(raw)
  return present({ ...compute, launchType: isFargate(raw) ? 'FARGATE' : 'EC2' })
}
