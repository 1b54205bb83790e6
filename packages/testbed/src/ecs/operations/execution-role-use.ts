import { object, objectList, optionalText } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { isInEcr } from '../scheduler/image-reference.ts'

/** For what Fargate needs the execution role that a definition does not have, in AWS's words; undefined where nothing is amiss. */
export function lacksExecutionRole(definition: JsonObject): string | undefined {
  if (optionalText(definition, 'executionRoleArn')) return undefined
  const containers = objectList(definition, 'containerDefinitions')
  if (containers.some((container) => isInEcr(optionalText(container, 'image') ?? ''))) return 'ECR images'
  const logs = containers.some((container) => object(container, 'logConfiguration')?.logDriver === 'awslogs')
  return logs ? 'log driver awslogs' : undefined
}
