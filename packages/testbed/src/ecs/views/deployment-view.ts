import { type JsonObject, present } from '../../wire/json.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Deployment, Service } from '../model.ts'
import { deploymentCompute } from './compute-view.ts'
import { seconds } from './seconds.ts'
import { taskCounts } from './task-counts.ts'

/**
 * The entries of `deployments[]` that a reader sees now, PRIMARY first. While the newest is not visible yet, the one
 * before it still looks like the PRIMARY. A service that has nothing older shows what it has.
 */
export function visibleDeployments(ecs: Ecs, service: Service, justChanged: boolean): Deployment[] {
  const old = justChanged ? [] : ecs.visibility.settled('describeServices', service.deployments)
  const shown = old.length === 0 ? service.deployments : old
  return shown.map((deployment, index) => (index === 0 ? { ...deployment, status: 'PRIMARY' } : deployment))
}

/** The desired count that a reader sees now. While a change of it is not visible yet, that is the one before, which ended when `earlierCount` was made. */
export function visibleCount(
  { visibility }: Pick<Ecs, 'visibility'>,
  { desiredCount, earlierCount }: Pick<Service, 'desiredCount' | 'earlierCount'>,
  justChanged: boolean,
): number {
  if (justChanged || earlierCount === undefined) return desiredCount
  const [changed] = visibility.settled('describeServices', [earlierCount])
  return changed === undefined ? earlierCount.desiredCount : desiredCount
}

/**
 * An entry of `deployments[]`.
 * Source: Amazon ECS API Reference, "Deployment"; ecs-model.md 3.7.
 */
export function deploymentView(service: Service, deployment: Deployment): JsonObject {
  const { raw } = deployment.revision
  const counts = taskCounts(service, deployment.id)
  return present({
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinition.arn,
    desiredCount: deployment.desiredCount,
    pendingCount: counts.pending,
    runningCount: counts.running,
    failedTasks: deployment.failedTasks,
    createdAt: seconds(deployment.createdAt),
    updatedAt: seconds(deployment.updatedAt),
    ...deploymentCompute(raw),
    networkConfiguration: raw.networkConfiguration,
    serviceConnectConfiguration: raw.serviceConnectConfiguration,
    volumeConfigurations: raw.volumeConfigurations ?? [],
    vpcLatticeConfigurations: raw.vpcLatticeConfigurations ?? [],
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  })
}
