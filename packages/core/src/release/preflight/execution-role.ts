import type { Service } from '../../aws/ecs-model.ts'
import { isJsonObject, type JsonObject } from '../../aws/json.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { executionRoleMissing as text } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import { parseImage, privateRegistry } from './image-reference.ts'

type Compute = Pick<Service, 'capacityProviders' | 'launchType'>

/**
 * A task definition without an execution role that needs one. On EC2 the role of the container instance pulls images and writes
 * logs; secrets and the logins of other registries need an execution role everywhere.
 * Source: Amazon ECS, "Amazon ECS task execution IAM role".
 */
export function executionRoleFindings(compute: Compute, definition: JsonObject): Finding[] {
  if (textOf(definition, 'executionRoleArn')) return []
  const fargate = onFargate(compute, definition)
  const reasons = containersOf(definition).flatMap((container) => {
    const all = needs(container, fargate)
    return all.length === 0 ? [] : `container ${textOf(container, 'name')} ${all.join(' and ')}`
  })
  if (reasons.length === 0) return []
  return [finding(text, text.cases.absent, { reasons: reasons.join(', ') }, [])]
}

function onFargate(
  { capacityProviders, launchType }: Compute,
  { requiresCompatibilities }: JsonObject,
): boolean {
  if (launchType === 'FARGATE' || capacityProviders.some((name) => /^FARGATE(_SPOT)?$/.test(name)))
    return true
  return Array.isArray(requiresCompatibilities) && requiresCompatibilities.includes('FARGATE')
}

/** What a container does that an execution role is for, to go on a sentence. */
function needs(container: JsonObject, fargate: boolean): string[] {
  const { logConfiguration, repositoryCredentials, secrets } = container
  const logging = isJsonObject(logConfiguration) ? logConfiguration : {}
  const { host } = parseImage(textOf(container, 'image') ?? '') ?? { host: '' }
  return [
    ...(isFilled(secrets) || isFilled(logging.secretOptions) ? ['takes secrets'] : []),
    ...(isJsonObject(repositoryCredentials) ? ['takes its image with a login from Secrets Manager'] : []),
    ...(fargate && privateRegistry(host) !== undefined ? ['takes its image from Amazon ECR'] : []),
    ...(fargate && logging.logDriver === 'awslogs' ? ['logs to CloudWatch Logs'] : []),
  ]
}

function isFilled(list: JsonObject[string] | undefined): boolean {
  return Array.isArray(list) && list.length > 0
}
