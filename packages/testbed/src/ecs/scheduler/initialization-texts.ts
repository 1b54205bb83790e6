import { randomUUID } from 'node:crypto'

/*
 * What ECS says when a task's resources cannot be set up (ecs-model.md 1.4). Those of a registry token that is denied and of a
 * secret that is missing were seen in public transcripts; their beginnings are those of the others.
 */

const prefix = 'ResourceInitializationError: '
const retrieval = `${prefix}unable to pull secrets or registry auth: execution resource retrieval failed: `
const fromSecretsManager = 'unable to retrieve secret from asm: '
const fromParameterStore = 'unable to retrieve secrets from ssm: '
const retried = 'service call has been retried 1 time(s): '
const connection = (to: string): string =>
  `There is a connection issue between the task and ${to}. Check your task network configuration.`

/** Who was refused what: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/TASK`. */
export interface Refused {
  user: string
  action: string
  resource: string
}

function denied({ user, action, resource }: Refused): string {
  return `api error AccessDeniedException: User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
}

function failed(operation: string, how: string): string {
  return `operation error ${operation}, https response error StatusCode: 400, RequestID: ${randomUUID()}, ${how}`
}

interface InitializationTexts {
  registryUnreachable: string
  registryDenied(who: Refused): string
  secretUnreachable: string
  secretDenied(arn: string, who: Refused): string
  secretMissing(arn: string): string
  keyMissing(key: string): string
  parameterUnreachable: string
  parameterDenied(who: Refused): string
  parameterMissing(name: string): string
  logsUnreachable: string
}

export const initialization: InitializationTexts = {
  registryUnreachable: `${prefix}unable to pull secrets or registry auth: The task cannot pull registry authentication from Amazon ECR. ${connection('Amazon ECR')}`,
  registryDenied: (who) =>
    `${retrieval}unable to retrieve ecr registry auth: ${retried}${failed('ECR: GetAuthorizationToken', denied(who))}`,
  secretUnreachable: `${prefix}unable to pull secrets or registry auth: ${fromSecretsManager}The task can't pull secrets from AWS Secrets Manager. ${connection('Secrets Manager')}`,
  secretDenied: (arn, who) => secretFailed(arn, denied(who)),
  secretMissing: (arn) =>
    secretFailed(arn, "ResourceNotFoundException: Secrets Manager can't find the specified secret."),
  keyMissing: (key) =>
    `${prefix}${fromSecretsManager}retrieved secret from Secrets Manager did not contain json key ${key}`,
  parameterUnreachable: `${retrieval}${fromParameterStore}The task cannot pull secrets from AWS Systems Manager. ${connection('AWS Systems Manager Parameter Store')} ${retried}operation error SSM: GetParameters, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
  parameterDenied: (who) =>
    `${retrieval}${fromParameterStore}${retried}${failed('SSM: GetParameters', denied(who))}`,
  parameterMissing: (name) => `${retrieval}${fromParameterStore}${retried}invalid ssm parameters: ${name}`,
  logsUnreachable: `${prefix}failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. signal: killed`,
}

function secretFailed(arn: string, how: string): string {
  return `${retrieval}${fromSecretsManager}${retried}failed to fetch secret ${arn} from secrets manager: ${failed('Secrets Manager: GetSecretValue', how)}`
}
