import { isJsonObject } from '../../../aws/json.ts'
import type { Finding } from '../../finding.ts'
import { containersOf, textOf } from '../../task-definition/document.ts'
import type { Scene } from '../observed.ts'
import { executionRoleOf, findingsIn, type Reason, reasonsOf } from '../reasons.ts'
import { finding } from '../texts/finding-text.ts'
import { logGroupMissing, secretDenied, secretMissing } from '../texts/secrets.ts'

/** What a container was to get before it started, and did not. Source: Developer Guide, "ResourceInitializationError". */
export function secretFailures(scene: Scene): Finding[] {
  return findingsIn(reasonsOf(scene), (reason) => {
    // Docker starts the logging driver with the container, Fargate before it.
    if (/^CannotStartContainerError\b.*logging driver/s.test(reason.text)) return noLogGroup(scene, reason)
    if (!reason.text.includes('ResourceInitializationError')) return undefined
    return (
      denied(scene, reason) ??
      missingSecret(scene, reason) ??
      missingParameter(scene, reason) ??
      noLogGroup(scene, reason)
    )
  })
}

function denied(scene: Scene, { text }: Reason): Finding | undefined {
  if (!/from (asm|ssm)\b/.test(text)) return undefined
  const [, action] = /not authorized to perform: ((?:secretsmanager|ssm|kms):\w+)/.exec(text) ?? []
  const needsKey = action === 'kms:Decrypt' || /Access to KMS is not allowed/.test(text)
  if (action === undefined && !needsKey && !text.includes('AccessDenied')) return undefined
  const role = executionRoleOf(scene)
  const reference = referenceIn(text)
  const what = reference === undefined ? 'the secrets' : shortName(reference)
  const variable = variableOf(scene, (from) => reference !== undefined && refersTo(from, reference))
  if (needsKey) return finding(secretDenied, secretDenied.cases.key, { role, what, variable }, [text])
  const lacking = action ?? (/from ssm\b/.test(text) ? 'ssm:GetParameters' : 'secretsmanager:GetSecretValue')
  return finding(secretDenied, secretDenied.cases.role, { role, what, variable, action: lacking }, [text])
}

function missingSecret(scene: Scene, { text }: Reason): Finding | undefined {
  const [, key] = /did not contain json key (\S+)/.exec(text) ?? []
  if (key !== undefined) {
    const variable = variableOf(scene, (from) => from.split(':')[7] === key)
    return finding(secretMissing, secretMissing.cases.key, { key, variable }, [text])
  }
  const [, arn] = /failed to fetch secret (\S+) from secrets manager/.exec(text) ?? []
  if (arn === undefined) return undefined
  const values = { secret: shortName(arn), variable: variableOf(scene, (from) => refersTo(from, arn)) }
  const { deleted, secret } = secretMissing.cases
  if (text.includes('marked for deletion')) return finding(secretMissing, deleted, values, [text])
  return /ResourceNotFoundException|can't find the specified secret/.test(text)
    ? finding(secretMissing, secret, values, [text])
    : undefined
}

function missingParameter(scene: Scene, { text }: Reason): Finding | undefined {
  const [, parameter] = /invalid ssm parameters: (\S+)/.exec(text) ?? []
  if (parameter === undefined) return undefined
  const variable = variableOf(scene, (from) => refersTo(from, parameter))
  return finding(secretMissing, secretMissing.cases.parameter, { parameter, variable }, [text])
}

/** The driver names no group, but it begins with that of the container. */
function noLogGroup({ definition }: Scene, { container, text }: Reason): Finding | undefined {
  if (!/The specified log group does not exist/.test(text)) return undefined
  const logging = containersOf(definition).flatMap((each) => {
    const configuration = isJsonObject(each.logConfiguration) ? each.logConfiguration : {}
    const options = isJsonObject(configuration.options) ? configuration.options : {}
    const group = textOf(options, 'awslogs-group')
    return group === undefined ? [] : [{ group, name: textOf(each, 'name') ?? '' }]
  })
  const own = logging.filter(({ name }) => name === container)
  const suspects = own.length > 0 ? own : logging
  const values = {
    group: [...new Set(suspects.map(({ group }) => group))].join(', '),
    container: suspects.map(({ name }) => name).join(', '),
  }
  return finding(logGroupMissing, logGroupMissing.cases.absent, values, [text])
}

/** The ARN or the name that a reason is about. */
function referenceIn(text: string): string | undefined {
  return /failed to fetch secret (\S+) from/.exec(text)?.[1] ?? /on resource: (\S+)/.exec(text)?.[1]
}

/** A reference may go on with a key, and ECS may name a parameter that is given by its ARN, or the other way round. */
function refersTo(from: string, reference: string): boolean {
  const plain = (name: string) => name.replace(/^arn:[^/]*:parameter/, '').replace(/^\//, '')
  return from.startsWith(reference) || plain(from) === plain(reference)
}

/** Without the ARN's account and Region, which make a line unreadable. */
function shortName(reference: string): string {
  return reference.replace(/^arn:.*?:(?:secret:|parameter)/, '')
}

/** `NAME of container C`, for all that refer to what is lacking. */
function variableOf({ definition }: Scene, refers: (valueFrom: string) => boolean): string {
  const names = containersOf(definition).flatMap((container) => {
    const secrets = Array.isArray(container.secrets) ? container.secrets.filter(isJsonObject) : []
    const own = secrets.filter((each) => refers(textOf(each, 'valueFrom') ?? ''))
    return own.map((each) => `${textOf(each, 'name')} of container ${textOf(container, 'name')}`)
  })
  return names.join(', ') || 'a container'
}
