import type { JsonObject } from '../../aws/json.ts'
import { containerOf } from './container-of.ts'
import { containerNames, containersOf, textOf } from './document.ts'
import { type EditProblem, refuse } from './edit-problem.ts'

/** An image for a container, which is undefined when only an image was given. */
export interface ImageEdit {
  container: string | undefined
  image: string
}

/** The digest that an image reference pins, `sha256:…`, or undefined for a tag. */
export function pinnedDigest(image: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
}

/** The images by container that the edits ask for. Throws when they name what does not exist or are not clear. */
export function imagesByContainer(definition: JsonObject, edits: readonly ImageEdit[]): Map<string, string> {
  const { images, problems } = resolvedImages(definition, edits)
  refuse(problems)
  return images
}

/** What the edits ask for, and what is wrong with the others. */
export function resolvedImages(
  definition: JsonObject,
  edits: readonly ImageEdit[],
): { images: Map<string, string>; problems: readonly EditProblem[] } {
  const names = containerNames(definition)
  const images = new Map<string, string>()
  const problems: EditProblem[] = []
  for (const edit of edits) {
    const words = { input: 'images', what: `"${edit.image}"`, form: 'container=image' }
    const container = containerOf(names, edit.container, words)
    if (typeof container !== 'string') problems.push(container)
    else if (images.has(container))
      problems.push({ text: `images: container "${container}" is given two images`, remedy: undefined })
    else images.set(container, edit.image)
  }
  return { images, problems }
}

/** A copy of the task definition with those images; everything else is the same. */
export function withImages(definition: JsonObject, images: ReadonlyMap<string, string>): JsonObject {
  if (images.size === 0) return definition
  const containerDefinitions = containersOf(definition).map((container) => {
    const image = images.get(textOf(container, 'name') ?? '')
    return image === undefined ? container : { ...container, image }
  })
  return { ...definition, containerDefinitions }
}
