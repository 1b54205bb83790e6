import { type JsonObject, present } from '../../wire/json.ts'
import type { Cluster } from '../model.ts'
import { clusterTaskCounts } from './task-counts.ts'

/**
 * A cluster as DescribeClusters shows it.
 * Source: Amazon ECS API Reference, "Cluster".
 */
export function clusterView(cluster: Cluster, include: { tags: boolean; settings: boolean }): JsonObject {
  const { tags, settings, ...rest } = cluster.raw ?? {}
  const counts = clusterTaskCounts(cluster)
  return present({
    ...rest,
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.inactive ? 'INACTIVE' : 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: counts.running,
    pendingTasksCount: counts.pending,
    activeServicesCount: [...cluster.services.values()].filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    capacityProviders: rest.capacityProviders ?? [],
    defaultCapacityProviderStrategy: rest.defaultCapacityProviderStrategy ?? [],
    tags: include.tags ? (tags ?? []) : [],
    settings: include.settings ? (settings ?? [{ name: 'containerInsights', value: 'disabled' }]) : [],
  })
}
