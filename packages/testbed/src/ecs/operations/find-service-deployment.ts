import { localName } from '../arns.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Service, ServiceDeployment, ServiceRevision } from '../model.ts'
import { invalidParameter } from './refusals.ts'

export interface Found<T> {
  service: Service
  item: T
}

function search<T extends { arn: string }>(
  ecs: Ecs,
  kind: string,
  arn: string,
  itemsOf: (service: Service) => readonly T[],
): Found<T> | undefined {
  const path = arn.startsWith('arn:') ? localName(ecs.place, kind, arn)?.split('/') : undefined
  if (path?.length !== 3) throw invalidParameter(`Invalid ${kind.replace('-', ' ')} ARN: ${arn}`)
  const [cluster = '', name = ''] = path
  const service = ecs.state.clusters.get(cluster)?.services.get(name)
  // The history is deleted with the service.
  if (!service || service.status === 'INACTIVE') return undefined
  const item = itemsOf(service).find((candidate) => candidate.arn === arn)
  return item && { service, item }
}

/** Looks up the ARN of a service deployment; undefined when there is none. Throws when it is no such ARN. */
export function findServiceDeployment(ecs: Ecs, arn: string): Found<ServiceDeployment> | undefined {
  return search(ecs, 'service-deployment', arn, (service) => service.serviceDeployments)
}

/** Looks up the ARN of a service revision likewise. */
export function findServiceRevision(ecs: Ecs, arn: string): Found<ServiceRevision> | undefined {
  return search(ecs, 'service-revision', arn, (service) => service.revisions)
}
