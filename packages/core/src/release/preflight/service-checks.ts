import type { Service } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import { daemonCountFindings } from './daemon-count.ts'
import { executionRoleFindings } from './execution-role.ts'
import { checkLogGroups } from './log-groups.ts'
import { portMappingFindings } from './port-mappings.ts'
import type { PreflightCalls } from './preflight-calls.ts'
import { rollingLimitFindings } from './rolling-limits.ts'
import { checkTargetGroups } from './target-groups.ts'
import type { Checks } from './unchecked.ts'

/** What is about to be asked of a service. */
export interface Intended {
  service: Service
  /** The task definition that the deployment would run; undefined when none is to start. */
  definition: JsonObject | undefined
  /** Whether it differs from what the service has, or is to be deployed anew. */
  rolls: boolean
  /** undefined leaves the count as it is. */
  desiredCount: number | undefined
}

/** Everything about the service and its task definition that lets a deployment fail and can be known before it. */
export async function checkService(
  { definition, desiredCount, rolls, service }: Intended,
  calls: PreflightCalls,
): Promise<Checks> {
  const count = daemonCountFindings(service, desiredCount)
  if (definition === undefined) return { findings: count, unchecked: [] }
  const read = await Promise.all([
    checkTargetGroups(service, definition, calls),
    checkLogGroups(definition, calls),
  ])
  return {
    findings: [
      ...count,
      ...portMappingFindings(service, definition),
      ...executionRoleFindings(service, definition),
      ...(rolls ? rollingLimitFindings(service, desiredCount ?? service.desiredCount) : []),
      ...read.flatMap(({ findings }) => findings),
    ],
    unchecked: read.flatMap(({ unchecked }) => unchecked),
  }
}
