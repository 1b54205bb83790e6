import {
  DescribeServiceDeploymentsCommand,
  type DescribeServiceDeploymentsResponse,
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ListServiceDeploymentsResponse,
  type ServiceDeploymentStatus,
  StopServiceDeploymentCommand,
} from '@aws-sdk/client-ecs'
import { ActionError } from '../../action/action-error.ts'
import { call } from '../call.ts'
import type { ServiceDeployment, ServiceDeploymentBrief } from '../ecs-model.ts'
import { awsErrorName } from '../errors.ts'
import { present } from '../present.ts'
import type { ServiceId } from './services.ts'

type SdkDeployment = NonNullable<DescribeServiceDeploymentsResponse['serviceDeployments']>[number]
type SdkBrief = NonNullable<ListServiceDeploymentsResponse['serviceDeployments']>[number]

export interface ServiceDeploymentsQuery extends ServiceId {
  /** Only deployments created at or after this instant of the server's clock. */
  createdAfter?: Date | undefined
  /** Only deployments in one of these statuses. */
  status?: readonly ServiceDeploymentStatus[] | undefined
}

/** Newest first. ECS keeps the deployments of the last 90 days. */
export function listServiceDeployments(
  ecs: ECSClient,
  { cluster, service, createdAfter, status }: ServiceDeploymentsQuery,
): Promise<ServiceDeploymentBrief[]> {
  return call('ecs:ListServiceDeployments', `list the deployments of the service ${service}`, async () => {
    const filters = {
      ...(createdAfter === undefined ? {} : { createdAt: { after: createdAfter } }),
      ...(status === undefined ? {} : { status: [...status] }),
    }
    const found: ServiceDeploymentBrief[] = []
    let nextToken: string | undefined
    // The SDK has no paginator for this operation.
    do {
      const page = await ecs.send(
        new ListServiceDeploymentsCommand({ cluster, service, ...filters, nextToken }),
      )
      found.push(...(page.serviceDeployments ?? []).map(briefOf))
      nextToken = page.nextToken
    } while (nextToken)
    return found.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
  })
}

/** Throws `not-found` for an ARN that ECS does not (or not yet) know. */
export function describeServiceDeployment(ecs: ECSClient, arn: string): Promise<ServiceDeployment> {
  return call('ecs:DescribeServiceDeployments', `read the service deployment ${arn}`, async () => {
    const answer = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }))
    const found = answer.serviceDeployments?.[0]
    if (found === undefined) throw new ActionError('not-found', `There is no service deployment ${arn}`)
    return serviceDeploymentOf(found)
  })
}

/**
 * Tells ECS to roll a deployment back, which works whether or not its service is configured to. Returns false when the deployment had
 * ended by then. Source: API reference, StopServiceDeployment: `ConflictException`, and ROLLBACK as the only valid `stopType`.
 */
export async function stopServiceDeployment(ecs: ECSClient, arn: string): Promise<boolean> {
  const command = new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' })
  try {
    await call('ecs:StopServiceDeployment', `roll back the service deployment ${arn}`, () =>
      ecs.send(command),
    )
    return true
  } catch (error) {
    if (awsErrorName(error) === 'ConflictException') return false
    throw error
  }
}

function briefOf(brief: SdkBrief): ServiceDeploymentBrief {
  return {
    arn: present(brief.serviceDeploymentArn, 'ServiceDeploymentBrief.serviceDeploymentArn'),
    status: present(brief.status, 'ServiceDeploymentBrief.status'),
    targetServiceRevisionArn: present(
      brief.targetServiceRevisionArn,
      'ServiceDeploymentBrief.targetServiceRevisionArn',
    ),
    createdAt: present(brief.createdAt, 'ServiceDeploymentBrief.createdAt'),
  }
}

function serviceDeploymentOf(deployment: SdkDeployment): ServiceDeployment {
  const target = present(deployment.targetServiceRevision, 'ServiceDeployment.targetServiceRevision')
  const { deploymentCircuitBreaker: breaker, rollback, alarms } = deployment
  return {
    arn: present(deployment.serviceDeploymentArn, 'ServiceDeployment.serviceDeploymentArn'),
    status: present(deployment.status, 'ServiceDeployment.status'),
    statusReason: deployment.statusReason,
    targetServiceRevisionArn: present(target.arn, 'ServiceDeployment.targetServiceRevision.arn'),
    sourceServiceRevisionArns: (deployment.sourceServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []),
    requestedTaskCount: target.requestedTaskCount ?? 0,
    runningTaskCount: target.runningTaskCount ?? 0,
    pendingTaskCount: target.pendingTaskCount ?? 0,
    createdAt: present(deployment.createdAt, 'ServiceDeployment.createdAt'),
    startedAt: deployment.startedAt,
    finishedAt: deployment.finishedAt,
    circuitBreaker: breaker && {
      status: breaker.status ?? 'DISABLED',
      failureCount: breaker.failureCount ?? 0,
      threshold: breaker.threshold ?? 0,
    },
    rollback: rollback && { reason: rollback.reason, serviceRevisionArn: rollback.serviceRevisionArn },
    alarms: alarms && { status: alarms.status ?? 'DISABLED', triggered: alarms.triggeredAlarmNames ?? [] },
  }
}
