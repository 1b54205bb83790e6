import { ActionError } from '../../action/action-error.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../aws/json.ts'
import { containersOf, familyOf } from './document.ts'
import { parseDocument } from './read.ts'
import { withoutReadOnly } from './read-only.ts'

/** A task definition as somebody wants it, before image edits. */
export interface WantedTaskDefinition {
  /** What RegisterTaskDefinition takes, without `tags`. */
  definition: JsonObject
  tags: readonly JsonObject[]
  /** The revision that it was read from; undefined for a file. */
  arn: string | undefined
}

/**
 * Reads a task definition file. JSON is YAML, but its own parser gives errors in JSON's words. The whole answer of
 * `aws ecs describe-task-definition` (`taskDefinition` beside `tags`) is understood too, as people save that.
 */
export function parseTaskDefinition(text: string, path: string): WantedTaskDefinition {
  const document = parseDocument(text, path)
  const inner = isJsonObject(document) ? document.taskDefinition : undefined
  const whole =
    isJsonObject(document) && isJsonObject(inner) ? { ...inner, tags: document.tags ?? [] } : document
  if (!isJsonObject(whole)) {
    throw new ActionError(
      'file',
      `${path}: expected a task definition, an object with "family" and "containerDefinitions"`,
    )
  }
  const { tags, ...definition } = withoutReadOnly(whole)
  familyOf(definition)
  if (containersOf(definition).length === 0) {
    throw new ActionError('file', `${path}: the task definition has no "containerDefinitions"`)
  }
  return {
    definition: sizesAsText(definition),
    tags: usable(Array.isArray(tags) ? tags : []),
    arn: undefined,
  }
}

/** A registered revision, as a start for edits. */
export function fromRegistered(raw: {
  definition: JsonObject
  tags: readonly JsonObject[]
}): WantedTaskDefinition {
  const arn = raw.definition.taskDefinitionArn
  return {
    definition: withoutReadOnly(raw.definition),
    tags: usable(raw.tags),
    arn: typeof arn === 'string' ? arn : undefined,
  }
}

/** YAML writes `cpu: 256` without quotes, Amazon ECS wants a string there (RegisterTaskDefinition, cpu and memory of the task). */
function sizesAsText(definition: JsonObject): JsonObject {
  const sizes = ['cpu', 'memory'].flatMap((member) => {
    const value = definition[member]
    return typeof value === 'number' ? [[member, String(value)]] : []
  })
  return { ...definition, ...Object.fromEntries(sizes) }
}

/** Tags in AWS's own name space cannot be set by anybody else (Tagging your Amazon ECS resources). */
function usable(tags: readonly JsonValue[]): JsonObject[] {
  return tags.filter(isJsonObject).filter(({ key }) => !(typeof key === 'string' && key.startsWith('aws:')))
}
