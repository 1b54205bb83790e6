import type { JsonObject } from '../../aws/json.ts'
import { refuse } from './edit-problem.ts'
import { type ImageEdit, resolvedImages } from './images.ts'
import { resolvedVariables, type VariableEdits } from './variables.ts'

/** Throws one error that tells all that is wrong with the edits of a task definition, whichever input they come from. */
export function assertEdits(
  definition: JsonObject,
  { images, ...variables }: VariableEdits & { images: readonly ImageEdit[] },
): void {
  refuse([
    ...resolvedImages(definition, images).problems,
    ...resolvedVariables(definition, variables).problems,
  ])
}
