import { parseArn } from '@ecs-release/core'

/**
 * The service as the API takes it. The ARN of a service holds its cluster, which then need not be given.
 * Source: Amazon ECS, "Amazon Resource Names (ARNs) and IDs": `service/cluster/name`, in old accounts `service/name`.
 */
export function serviceId({ cluster, service }: { cluster: string; service: string }): {
  cluster: string
  service: string
} {
  const [kind, inArn, name] = parseArn(service)?.resource.split('/') ?? []
  const known = kind === 'service' && inArn !== undefined && name !== undefined && cluster === 'default'
  return { cluster: known ? inArn : cluster, service }
}
