import type { JsonObject } from '../wire/json.ts'
import { arn, type Place } from '../wire/place.ts'

/** The member that holds the ARN on which an operation works, most particular first. */
const members = ['RuleArn', 'ListenerArn', 'TargetGroupArn', 'LoadBalancerArn'] as const

/**
 * What an access-denied text names: the ARN for calls that change something, nothing for Describe calls
 * (aws-model.md 1.8). For a resource that is still to be made, IAM matches the name with any id.
 */
export function deniedResource(place: Place, operation: string, input: JsonObject): string | undefined {
  if (operation.startsWith('Describe')) return undefined
  const name = typeof input.Name === 'string' ? input.Name : ''
  if (operation === 'CreateLoadBalancer') {
    return arn(place, 'elasticloadbalancing', `loadbalancer/app/${name}/*`)
  }
  if (operation === 'CreateTargetGroup') return arn(place, 'elasticloadbalancing', `targetgroup/${name}/*`)
  for (const member of members) {
    const value = input[member]
    if (typeof value === 'string') return value
  }
  return undefined
}
