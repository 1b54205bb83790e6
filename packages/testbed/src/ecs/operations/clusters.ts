import { objectList, optionalText, text, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { clusterArn, localName } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Cluster } from '../model.ts'
import { clusterView } from '../views/cluster-view.ts'
import { findCluster } from './find-cluster.ts'
import { invalidParameter, missing } from './refusals.ts'
import { checkTags } from './tags.ts'

const whole = { tags: true, settings: true }

/** CreateCluster: answers with the cluster that is there already when the name is taken. */
export function createCluster(ecs: Ecs, input: JsonObject): JsonObject {
  const { clusterName: _, ...raw } = input
  const name = optionalText(input, 'clusterName') ?? 'default'
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter('Invalid cluster name.')
  checkTags(input)
  objectList(input, 'settings')
  const known = ecs.state.clusters.get(name)
  if (known && !known.inactive) return { cluster: clusterView(known, whole) }
  const cluster: Cluster = {
    arn: clusterArn(ecs.place, name),
    name,
    services: new Map(),
    tasks: new Map(),
    raw,
  }
  ecs.state.clusters.set(name, cluster)
  return { cluster: clusterView(cluster, whole) }
}

/** DescribeClusters: at most 100, deleted ones included; unknown ones are failures, not errors. */
export function describeClusters(ecs: Ecs, input: JsonObject): JsonObject {
  const given = textList(input, 'clusters')
  if (given.length > 100) throw invalidParameter('clusters cannot have more than 100 entries.')
  const include = textList(input, 'include')
  const show = { tags: include.includes('TAGS'), settings: include.includes('SETTINGS') }
  const clusters: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const entry of given.length === 0 ? ['default'] : given) {
    const name = localName(ecs.place, 'cluster', entry)
    const cluster = name === undefined ? undefined : ecs.state.clusters.get(name)
    if (cluster) clusters.push(clusterView(cluster, show))
    else failures.push(missing(name === undefined ? entry : clusterArn(ecs.place, name)))
  }
  return { clusters, failures }
}

/** DeleteCluster: refuses while services or tasks are left. */
export function deleteCluster(ecs: Ecs, input: JsonObject): JsonObject {
  text(input, 'cluster')
  const cluster = findCluster(ecs, input)
  if ([...cluster.services.values()].some(({ status }) => status !== 'INACTIVE')) {
    const message = 'The Cluster cannot be deleted while Services are active.'
    throw new ServiceError('ClusterContainsServicesException', message)
  }
  if ([...cluster.tasks.values()].some(({ lastStatus }) => lastStatus !== 'STOPPED')) {
    const message = 'The Cluster cannot be deleted while Tasks are active.'
    throw new ServiceError('ClusterContainsTasksException', message)
  }
  cluster.inactive = true
  return { cluster: clusterView(cluster, whole) }
}
