import { ActionError } from '../../action/action-error.ts'
import { isJsonObject, type JsonObject } from '../../aws/json.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { logGroupMissing } from '../diagnose/texts/secrets.ts'
import type { Finding } from '../finding.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import type { PreflightCalls } from './preflight-calls.ts'
import { type Checks, orError } from './unchecked.ts'

/** A log group that has to be there before a task starts. */
export interface LogGroup {
  name: string
  /** undefined is the Region of the service. */
  region: string | undefined
  /** The containers that log to it. */
  containers: readonly string[]
}

/**
 * The log groups of the awslogs driver that it does not create by itself.
 * Source: Amazon ECS, "Send Amazon ECS logs to CloudWatch", `awslogs-create-group`.
 */
export function neededLogGroups(definition: JsonObject): LogGroup[] {
  const groups = new Map<string, LogGroup>()
  for (const container of containersOf(definition)) {
    const logging = isJsonObject(container.logConfiguration) ? container.logConfiguration : {}
    const options = isJsonObject(logging.options) ? logging.options : {}
    const name = textOf(options, 'awslogs-group')
    if (logging.logDriver !== 'awslogs' || name === undefined || options['awslogs-create-group'] === 'true')
      continue
    const region = textOf(options, 'awslogs-region')
    const key = JSON.stringify([name, region])
    const containers = [...(groups.get(key)?.containers ?? []), textOf(container, 'name') ?? '']
    groups.set(key, { name, region, containers })
  }
  return [...groups.values()]
}

/** Whether every log group exists: without it no task starts. */
export async function checkLogGroups(
  definition: JsonObject,
  calls: Pick<PreflightCalls, 'logGroupExists'>,
): Promise<Checks> {
  const checks = await Promise.all(
    neededLogGroups(definition).map(async (group): Promise<Checks> => {
      const exists = await orError(() => calls.logGroupExists(group.name, group.region))
      if (exists instanceof ActionError)
        return { findings: [], unchecked: [{ what: `the log group ${group.name}`, error: exists }] }
      return { findings: exists ? [] : [missing(group)], unchecked: [] }
    }),
  )
  return {
    findings: checks.flatMap(({ findings }) => findings),
    unchecked: checks.flatMap(({ unchecked }) => unchecked),
  }
}

function missing({ containers, name, region }: LogGroup): Finding {
  const { unready, unreadyHere } = logGroupMissing.cases
  const values = { group: name, container: containers.join(' and ') }
  return region === undefined
    ? finding(logGroupMissing, unreadyHere, values, [])
    : finding(logGroupMissing, unready, { ...values, region }, [])
}
