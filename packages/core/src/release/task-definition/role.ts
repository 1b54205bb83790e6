import type { JsonObject, JsonValue } from '../../aws/json.ts'

/**
 * Whether a member of a task definition names an IAM role. It may be given by its name alone, with its path if it has one: Amazon ECS fills in
 * the account when it registers. Source: aws-actions/amazon-ecs-render-task-definition#19.
 */
export function namesRole(member: string): boolean {
  return member.endsWith('RoleArn')
}

/** Whether both are one role of the account: the same text, or the name and the ARN of it. */
export function sameRole(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true
  if (typeof one !== 'string' || typeof other !== 'string') return false
  return nameIn(one) === other || one === nameIn(other)
}

/** A definition whose roles are written as in another one, as far as they are the same. */
export function withRolesAs(definition: JsonObject, other: JsonObject): JsonObject {
  const entries = Object.entries(definition).map(([member, value]): [string, JsonValue] => {
    const written = other[member] ?? null
    return [member, namesRole(member) && sameRole(value, written) ? written : value]
  })
  return Object.fromEntries(entries)
}

/** The name of a role in its ARN, with its path. */
function nameIn(arn: string): string | undefined {
  return /^arn:[^:]+:iam::\d+:role\/(.+)$/.exec(arn)?.[1]
}
