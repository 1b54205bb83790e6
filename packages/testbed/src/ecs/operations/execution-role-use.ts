import { object, objectList, optionalText } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'

/** Whether a container's image is in a private registry of Amazon ECR, by either of its host names. */
export function isInEcr(container: JsonObject): boolean {
  return /^\d{12}\.dkr[.-]ecr\./.test(optionalText(container, 'image') ?? '')
}

/** For what Fargate needs the execution role that a definition does not have, in AWS's words; undefined where nothing is amiss. */
export function lacksExecutionRole(definition: JsonObject): string | undefined {
  if (optionalText(definition, 'executionRoleArn')) return undefined
  const containers = objectList(definition, 'containerDefinitions')
  if (containers.some(isInEcr)) return 'ECR images'
  const logs = containers.some((container) => object(container, 'logConfiguration')?.logDriver === 'awslogs')
  return logs ? 'log driver awslogs' : undefined
}
