import type { Account } from '../../account/account.ts'
import type { Endpoint } from '../../account/network.ts'
import type { RoleAction } from '../../account/roles.ts'
import type { ContainerDefinition } from './container-definition.ts'
import { isInEcr } from './image-reference.ts'
import { type Refused, initialization as texts } from './initialization-texts.ts'

/** What a task needs of its surroundings before its images are pulled. */
export interface Needs {
  taskId: string
  /** undefined for a definition without one. */
  executionRole: string | undefined
  containers: readonly ContainerDefinition[]
  reaches(endpoint: Endpoint): boolean
}

export type Initialized =
  /** The values of `secrets` by container and name. */
  { kind: 'ready'; secrets: Map<string, Record<string, string>> } | { kind: 'failed'; reason: string }

/** Fetches the secrets and the registry's token, both with the execution role and from the task's own network. */
export function initialize(account: Account, needs: Needs): Initialized {
  try {
    const secrets = new Map(needs.containers.map((each) => [each.name, secretsOf(account, needs, each)]))
    if (needs.containers.some(({ image }) => isInEcr(image))) signIn(account, needs)
    return { kind: 'ready', secrets }
  } catch (error) {
    if (!(error instanceof InitializationError)) throw error
    return { kind: 'failed', reason: error.message }
  }
}

class InitializationError extends Error {}

function signIn(account: Account, needs: Needs): void {
  if (!needs.reaches('ecr')) throw new InitializationError(texts.registryUnreachable)
  const who = refusal(account, needs, 'ecr:GetAuthorizationToken', '*')
  if (who) throw new InitializationError(texts.registryDenied(who))
}

function secretsOf(account: Account, needs: Needs, of: ContainerDefinition): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of.secrets).map(([name, from]) => [
      name,
      from.startsWith('arn:') && from.split(':')[2] === 'secretsmanager'
        ? secret(account, needs, from)
        : parameter(account, needs, from),
    ]),
  )
}

/** `arn:…:secret:NAME-SUFFIX:JSON-KEY:STAGE:VERSION`; the last three may be empty or missing. */
function secret(account: Account, needs: Needs, from: string): string {
  if (!needs.reaches('secretsmanager')) throw new InitializationError(texts.secretUnreachable)
  const parts = from.split(':')
  const arn = parts.slice(0, 7).join(':')
  const who = refusal(account, needs, 'secretsmanager:GetSecretValue', arn)
  if (who) throw new InitializationError(texts.secretDenied(arn, who))
  const value = account.secrets.secret(arn)
  if (value === undefined) throw new InitializationError(texts.secretMissing(arn))
  const key = parts[7]
  if (!key) return value
  const inside: unknown = JSON.parse(value)
  const found = typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined
  if (found === undefined) throw new InitializationError(texts.keyMissing(key))
  return String(found)
}

function parameter(account: Account, needs: Needs, from: string): string {
  if (!needs.reaches('ssm')) throw new InitializationError(texts.parameterUnreachable)
  const who = refusal(account, needs, 'ssm:GetParameters', from)
  if (who) throw new InitializationError(texts.parameterDenied(who))
  const value = account.secrets.parameter(from)
  if (value === undefined) throw new InitializationError(texts.parameterMissing(parameterName(from)))
  return value
}

function parameterName(from: string): string {
  return from.replace(/^arn:.*:parameter/, '')
}

/** undefined when the role may do it. */
function refusal(
  { roles }: Account,
  { executionRole = '', taskId }: Needs,
  action: RoleAction,
  resource: string,
): Refused | undefined {
  if (roles.mayDo(executionRole, action)) return undefined
  const user = `${executionRole.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${taskId}`
  return { user, action, resource }
}
