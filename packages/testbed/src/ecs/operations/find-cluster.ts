import { optionalText } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { localName } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Cluster } from '../model.ts'

/** The cluster that the `cluster` parameter names; without one, `default`. */
export function findCluster(ecs: Ecs, input: JsonObject): Cluster {
  const name = localName(ecs.place, 'cluster', optionalText(input, 'cluster') ?? 'default')
  const cluster = name === undefined ? undefined : ecs.state.clusters.get(name)
  if (!cluster) throw new ServiceError('ClusterNotFoundException', 'Cluster not found.')
  if (cluster.inactive)
    throw new ServiceError('ClusterNotFoundException', 'The referenced cluster was inactive.')
  return cluster
}
