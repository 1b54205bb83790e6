import { ActionError } from '../../action/action-error.ts'
import type { Service } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import { healthCheckPortFindings } from './health-check-port.ts'
import type { PreflightCalls } from './preflight-calls.ts'
import { targetTypeFindings } from './target-type.ts'
import { type Checks, nothingFound, orError } from './unchecked.ts'

/** Whether the tasks fit the service's target groups: the type of their targets, and the port of their health checks. */
export async function checkTargetGroups(
  service: Pick<Service, 'loadBalancers'>,
  definition: JsonObject,
  calls: Pick<PreflightCalls, 'targetGroups'>,
): Promise<Checks> {
  const arns = [...new Set(service.loadBalancers.map(({ targetGroupArn }) => targetGroupArn))]
  if (arns.length === 0) return nothingFound
  const groups = await orError(() => calls.targetGroups(arns))
  if (groups instanceof ActionError) {
    return { findings: [], unchecked: [{ what: 'the target groups of the service', error: groups }] }
  }
  return {
    findings: [
      ...targetTypeFindings(groups, definition),
      ...healthCheckPortFindings(groups, service, definition),
    ],
    unchecked: [],
  }
}
