import { object, objectList, optionalText } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'

/** Whether a container's image is in a private registry of Amazon ECR, by either of its host names. */
export function isInEcr(container: JsonObject): boolean {
  return /^\d{12}\.dkr[.-]ecr\./.test(optionalText(container, 'image') ?? '')
}

/** What Fargate does for the containers with the execution role, in the words with which it asks for the role. */
export function executionRoleUse(definition: JsonObject): string | undefined {
  const containers = objectList(definition, 'containerDefinitions')
  if (containers.some(isInEcr)) return 'ECR images'
  const logs = containers.some((container) => object(container, 'logConfiguration')?.logDriver === 'awslogs')
  return logs ? 'log driver awslogs' : undefined
}
