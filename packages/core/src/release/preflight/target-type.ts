import type { TargetGroup } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { targetType as text } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'

/**
 * A task in network mode awsvpc has an address of its own and is registered by that.
 * Source: API reference, LoadBalancer, `targetGroupArn`: "you must choose ip as the target type, not instance".
 */
export function targetTypeFindings(groups: readonly TargetGroup[], { networkMode }: JsonObject): Finding[] {
  if (networkMode !== 'awsvpc') return []
  return groups
    .filter(({ targetType }) => targetType !== 'ip')
    .map(({ name, targetType }) => finding(text, text.cases.instance, { group: name, type: targetType }, []))
}
