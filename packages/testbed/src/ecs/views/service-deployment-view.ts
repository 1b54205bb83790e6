import { type JsonObject, present } from '../../wire/json.ts'
import type { Service, ServiceDeployment, ServiceRevision } from '../model.ts'
import { seconds, secondsIfAny } from './seconds.ts'
import { revisionCounts } from './task-counts.ts'

/**
 * A service deployment as DescribeServiceDeployments shows it. Rolling deployments have no lifecycle stage and no
 * traffic weights. Source: Amazon ECS API Reference, "ServiceDeployment"; ecs-model.md 5.2.
 */
export function serviceDeploymentView(service: Service, deployment: ServiceDeployment): JsonObject {
  const { rollback } = deployment
  return present({
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt: seconds(deployment.createdAt),
    startedAt: secondsIfAny(deployment.startedAt),
    finishedAt: secondsIfAny(deployment.finishedAt),
    stoppedAt: secondsIfAny(deployment.stoppedAt),
    updatedAt: seconds(deployment.updatedAt),
    sourceServiceRevisions: deployment.sources.map((source) => revisionSummary(service, deployment, source)),
    targetServiceRevision: revisionSummary(service, deployment, deployment.target),
    status: deployment.status,
    statusReason: deployment.statusReason,
    deploymentConfiguration: deployment.configuration,
    rollback: rollback && {
      reason: rollback.reason,
      startedAt: seconds(rollback.startedAt),
      serviceRevisionArn: rollback.revision.arn,
    },
    deploymentCircuitBreaker: { ...deployment.breaker },
    alarms: alarmsView(deployment),
  })
}

/** With alarms off only the status is shown (ecs-model.md 4.2). */
function alarmsView({ alarms }: ServiceDeployment): JsonObject {
  const { names, status, triggered } = alarms
  if (names.length === 0) return { status }
  return {
    status,
    alarmNames: [...names],
    ...(triggered.length > 0 ? { triggeredAlarmNames: [...triggered] } : {}),
  }
}

/** An entry of ListServiceDeployments, which has no `updatedAt` and no `stoppedAt`. */
export function serviceDeploymentBrief(service: Service, deployment: ServiceDeployment): JsonObject {
  return present({
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    startedAt: secondsIfAny(deployment.startedAt),
    createdAt: seconds(deployment.createdAt),
    finishedAt: secondsIfAny(deployment.finishedAt),
    targetServiceRevisionArn: deployment.target.arn,
    status: deployment.status,
    statusReason: deployment.statusReason,
  })
}

function revisionSummary(
  service: Service,
  { finalCounts }: ServiceDeployment,
  revision: ServiceRevision,
): JsonObject {
  const { pending, requested, running } = finalCounts?.get(revision) ?? revisionCounts(service, revision)
  return {
    arn: revision.arn,
    requestedTaskCount: requested,
    runningTaskCount: running,
    pendingTaskCount: pending,
  }
}
