import { ActionError } from '../../action/action-error.ts'
import { isJsonObject, type JsonObject } from '../../aws/json.ts'

/** A member that is text, or undefined. */
export function textOf(object: JsonObject, member: string): string | undefined {
  const value = object[member]
  return typeof value === 'string' ? value : undefined
}

/** The container definitions of a task definition, members as they are. */
export function containersOf(definition: JsonObject): JsonObject[] {
  const containers = definition.containerDefinitions
  return Array.isArray(containers) ? containers.filter(isJsonObject) : []
}

/** The definition of the container of that name. */
export function containerNamed(definition: JsonObject, name: string): JsonObject | undefined {
  return containersOf(definition).find((each) => textOf(each, 'name') === name)
}

/** The names of the containers, in order. */
export function containerNames(definition: JsonObject): string[] {
  return containersOf(definition).flatMap((container) => textOf(container, 'name') ?? [])
}

/** The family of a task definition; one without a family cannot be registered. */
export function familyOf(definition: JsonObject): string {
  const family = textOf(definition, 'family')
  if (family === undefined || family === '') {
    throw new ActionError('file', 'the task definition has no "family"', {
      hint: 'Add the family, the name under which Amazon ECS keeps the revisions of this task definition.',
    })
  }
  return family
}
