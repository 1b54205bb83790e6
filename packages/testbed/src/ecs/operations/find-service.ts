import { required, text } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { Place } from '../../wire/place.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { lastName } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Cluster, Service } from '../model.ts'
import { findCluster } from './find-cluster.ts'
import { invalidParameter } from './refusals.ts'

/** The name in a service name or ARN; refuses an ARN that lies in another cluster than the call. */
export function serviceName(place: Place, cluster: Cluster, given: string): string | undefined {
  const found = lastName(place, 'service', given)
  if (found?.cluster !== undefined && found.cluster !== cluster.name) {
    throw invalidParameter(`Identifier is for cluster ${found.cluster}. Your cluster is ${cluster.name}`)
  }
  return found?.name
}

/** A service of a cluster, whatever its status. */
export function serviceIn(place: Place, cluster: Cluster, given: string): Service {
  const name = serviceName(place, cluster, given)
  const service = name === undefined ? undefined : cluster.services.get(name)
  if (!service) throw new ServiceError('ServiceNotFoundException', 'Service not found.')
  return service
}

/** The service that the parameters `cluster` and `service` name. The cluster is looked up first, as AWS does. */
export function findService(ecs: Ecs, input: JsonObject): Service {
  const given = required(text(input, 'service') || undefined, 'service')
  return serviceIn(ecs.place, findCluster(ecs, input), given)
}
