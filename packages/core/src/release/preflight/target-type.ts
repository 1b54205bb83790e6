import type { TargetGroup } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'
import type { Finding } from '../finding.ts'

/**
 * A task in network mode awsvpc has an address of its own and is registered by that.
 * Source: API reference, LoadBalancer, `targetGroupArn`: "you must choose ip as the target type, not instance".
 */
export function targetTypeFindings(groups: readonly TargetGroup[], { networkMode }: JsonObject): Finding[] {
  if (networkMode !== 'awsvpc') return []
  return groups
    .filter(({ targetType }) => targetType !== 'ip')
    .map(({ name, targetType }) => ({
      code: 'target-type',
      cause: `the target group ${name} takes targets of type ${targetType}, and tasks in network mode awsvpc are of type ip`,
      remedy:
        'Create a target group with the target type ip (in Terraform target_type = "ip"), as the type of one cannot be changed, and put it into the listener and the service.',
      evidence: [],
    }))
}
