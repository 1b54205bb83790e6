import type { JsonObject } from '../../wire/json.ts'
import type { TaskDefinition } from '../model.ts'

/** A registered definition as Register-, Describe- and DeregisterTaskDefinition answer it; its tags go beside it. */
export function taskDefinitionView(definition: TaskDefinition): JsonObject {
  return { ...definition.raw, status: definition.status }
}
