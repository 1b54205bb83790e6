import { isObject, type JsonObject, type JsonValue } from '../wire/json.ts'
import type { Permission } from '../wire/service.ts'
import { localName, roleArn } from './arns.ts'
import { deniedResource } from './denied-resource.ts'
import type { Ecs } from './ecs-context.ts'
import type { TaskDefinition } from './model.ts'

/** With `tags` these also ask for ecs:TagResource. Source: Amazon ECS Developer Guide, "Tag resources during creation". */
const tagging: readonly string[] = ['CreateCluster', 'CreateService', 'RegisterTaskDefinition']

/**
 * What IAM checks of an ECS call besides its own action: the tags that it sets, and the roles that it passes. Seen for
 * RegisterTaskDefinition, and for UpdateService where it names a task definition; for CreateService assumed alike.
 */
export function furtherPermissions(ecs: Ecs, operation: string, input: JsonObject): Permission[] {
  const tags = tagging.includes(operation) && Array.isArray(input.tags) && input.tags.length > 0
  const tagged = tags ? [{ action: 'ecs:TagResource', resource: taggedResource(ecs, operation, input) }] : []
  const passed = rolesPassed(ecs, operation, input).map((resource) => ({ action: 'iam:PassRole', resource }))
  return [...tagged, ...passed]
}

function taggedResource({ place }: Ecs, operation: string, input: JsonObject): string {
  return operation === 'CreateCluster'
    ? deniedResource(place, 'DeleteCluster', { cluster: input.clusterName ?? null })
    : deniedResource(place, operation, input)
}

function rolesPassed(ecs: Ecs, operation: string, input: JsonObject): string[] {
  switch (operation) {
    case 'RegisterTaskDefinition':
      return rolesOf(ecs, input)
    case 'CreateService':
    case 'UpdateService':
      return rolesOf(ecs, revisionNamed(ecs, input.taskDefinition)?.raw)
    default:
      return []
  }
}

/** The ARNs of the roles of a task definition, each once; a name alone stands for a role of the account. */
function rolesOf({ place }: Ecs, definition: JsonObject | undefined): string[] {
  const given = isObject(definition) ? [definition.taskRoleArn, definition.executionRoleArn] : []
  const arns = given.flatMap((role) => {
    return typeof role !== 'string' || role === '' ? [] : roleArn(place, role)
  })
  return [...new Set(arns)]
}

// The operation has checked nothing yet, so what is malformed or missing passes no role, and is refused afterwards.
function revisionNamed(ecs: Ecs, given: JsonValue | undefined): TaskDefinition | undefined {
  const name = typeof given === 'string' ? localName(ecs.place, 'task-definition', given) : undefined
  const [, family = '', revision] = /^([^:]+)(?::(\d+))?$/.exec(name ?? '') ?? []
  const revisions = ecs.state.taskDefinitions.get(family) ?? []
  if (revision !== undefined) return revisions[Number(revision) - 1]
  return revisions.findLast(({ status }) => status === 'ACTIVE')
}
