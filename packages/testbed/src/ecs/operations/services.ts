import { flag, optionalText, textList } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { serviceArn } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import { isFargate } from '../views/compute-view.ts'
import { serviceView } from '../views/service-view.ts'
import { findCluster } from './find-cluster.ts'
import { findService, serviceName } from './find-service.ts'
import { pageOf } from './page.ts'
import { checkLength, invalidParameter, missing } from './refusals.ts'

/** DescribeServices: at most 10, in the order asked, INACTIVE ones included. An unknown cluster is an error, an unknown service a failure. */
export function describeServices(ecs: Ecs, input: JsonObject): JsonObject {
  const cluster = findCluster(ecs, input)
  const given = textList(input, 'services')
  checkLength(given, 'Services', 10)
  const tags = textList(input, 'include').includes('TAGS')
  const services: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const entry of given) {
    const name = serviceName(ecs.place, cluster, entry)
    const service = name === undefined ? undefined : cluster.services.get(name)
    if (service) services.push(serviceView(ecs, service, { justChanged: false, tags }))
    else failures.push(missing(name === undefined ? entry : serviceArn(ecs.place, cluster.name, name)))
  }
  return { services, failures }
}

/** ListServices: ARNs of the ACTIVE services, 10 a page. */
export function listServices(ecs: Ecs, input: JsonObject): JsonObject {
  const cluster = findCluster(ecs, input)
  const launchType = optionalText(input, 'launchType')
  const strategy = optionalText(input, 'schedulingStrategy') ?? 'REPLICA'
  if (launchType !== undefined && !['EC2', 'FARGATE', 'EXTERNAL'].includes(launchType)) {
    throw invalidParameter('Invalid launch type.')
  }
  const arns = [...cluster.services.values()]
    .filter(({ status }) => status === 'ACTIVE' && strategy === 'REPLICA')
    .filter(({ raw }) => launchType === undefined || launchType === (isFargate(raw) ? 'FARGATE' : 'EC2'))
    .map(({ arn }) => arn)
  const { page, nextToken } = pageOf(arns, input, 10)
  return present({ serviceArns: page, nextToken })
}

/** DeleteService: without `force` only a service that is scaled to 0 and not in the middle of a deployment. */
export function deleteService(ecs: Ecs, input: JsonObject): JsonObject {
  const service = findService(ecs, input)
  if (service.status === 'INACTIVE') throw new ServiceError('ServiceNotFoundException', 'Service not found.')
  if (!flag(input, 'force')) {
    if (service.desiredCount > 0) {
      throw invalidParameter('The service cannot be stopped while it is scaled above 0.')
    }
    if (service.deployments.length > 1) {
      throw invalidParameter('The service cannot be stopped while deployments are active.')
    }
  }
  if (service.status === 'ACTIVE') ecs.scheduler.deleteService(service)
  return { service: serviceView(ecs, service, { justChanged: true, tags: false }) }
}
