import { DescribeServicesCommand, type ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { ActionError } from '../../action/action-error.ts'
import { call, givenUpBy } from '../call.ts'
import type { Service } from '../ecs-model.ts'
import { present } from '../present.ts'
import { serviceOf } from './service-view.ts'

/** Names or ARNs. */
export interface ServiceId {
  cluster: string
  service: string
}

export interface ServiceChange extends ServiceId {
  /** `family:revision` or ARN. */
  taskDefinition?: string | undefined
  forceNewDeployment?: boolean | undefined
  desiredCount?: number | undefined
}

/** Throws `not-found` for a service or a cluster that does not exist. A deleted service comes back as INACTIVE. */
export function describeService(
  ecs: ECSClient,
  { cluster, service }: ServiceId,
  abortSignal?: AbortSignal,
): Promise<Service> {
  return call('ecs:DescribeServices', `read the service ${service} in the cluster ${cluster}`, async () => {
    const answer = await ecs.send(
      new DescribeServicesCommand({ cluster, services: [service] }),
      givenUpBy(abortSignal),
    )
    const found = answer.services?.[0]
    if (found !== undefined) return serviceOf(found)
    const failure = answer.failures?.[0]
    if (failure !== undefined && failure.reason !== 'MISSING') {
      throw new ActionError(
        'rejected',
        `Could not read the service ${service}: ${failure.reason} ${failure.detail ?? ''}`.trim(),
        {
          hint: 'Check the inputs service, cluster and aws-region; "API failure reasons" in the Amazon ECS Developer Guide explains the reason.',
        },
      )
    }
    throw new ActionError('not-found', `There is no service ${service} in the cluster ${cluster}`, {
      hint: 'Check the inputs service, cluster and aws-region, and that the credentials are those of the right account.',
    })
  })
}

/** Only what is given is changed. The answer shows the service as it was accepted, its new deployment included. */
export function updateService(ecs: ECSClient, change: ServiceChange): Promise<Service> {
  return call(
    'ecs:UpdateService',
    `update the service ${change.service} in the cluster ${change.cluster}`,
    async () => {
      const { service } = await ecs.send(new UpdateServiceCommand(change))
      return serviceOf(present(service, 'UpdateServiceResponse.service'))
    },
  )
}
