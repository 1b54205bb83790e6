import { object, optionalText, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { TaskDefinition } from '../model.ts'
import { invalidParameter } from './refusals.ts'
import { withoutNulls } from './task-definition-defaults.ts'

/** The `networkConfiguration` of a request as AWS answers it, with its defaults; undefined when it has none. */
export function readNetworkConfiguration(input: JsonObject): JsonObject | undefined {
  const given = object(input, 'networkConfiguration')
  const awsvpc = given && object(given, 'awsvpcConfiguration')
  if (!given || !awsvpc) return undefined
  if (textList(awsvpc, 'subnets').length === 0) throw invalidParameter('subnets can not be empty.')
  textList(awsvpc, 'securityGroups')
  const assignPublicIp = optionalText(awsvpc, 'assignPublicIp') ?? 'DISABLED'
  if (!['ENABLED', 'DISABLED'].includes(assignPublicIp))
    throw invalidParameter('Invalid assignPublicIp value.')
  return {
    ...given,
    awsvpcConfiguration: { securityGroups: [], ...withoutNulls(awsvpc), assignPublicIp },
  }
}

/** An awsvpc task needs subnets to put its network interface in, and no other network mode may have them. */
export function checkNetwork(networkConfiguration: unknown, taskDefinition: TaskDefinition): void {
  if (taskDefinition.raw.networkMode === 'awsvpc') {
    if (networkConfiguration !== undefined) return
    throw invalidParameter(`Network Configuration must be provided when networkMode 'awsvpc' is specified.`)
  }
  if (networkConfiguration !== undefined) {
    throw invalidParameter(
      'Network Configuration is not valid for the given networkMode of this task definition.',
    )
  }
}
