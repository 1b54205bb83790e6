import type { JsonObject } from '../../aws/json.ts'

/**
 * What DescribeTaskDefinition adds and RegisterTaskDefinition refuses. People save the one and hand it to the other,
 * so these are dropped without a word. Source: API reference, TaskDefinition against RegisterTaskDefinition.
 */
const readOnly: ReadonlySet<string> = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
])

/** A copy without the read-only attributes; members that nobody knows stay. */
export function withoutReadOnly(definition: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(definition).filter(([member]) => !readOnly.has(member)))
}
