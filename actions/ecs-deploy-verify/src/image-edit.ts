import type { ImageEdit } from '@ecs-release/core'

/** The form of a line, for the message about one that has another. */
export const imageEditForm = 'container=image or an image, written repository:tag or repository@sha256:…'

/** A host with an optional port or the first part of a name, further parts, one tag, one digest. */
const reference =
  /^[A-Za-z0-9][\w.-]*(:\d+(?=\/))?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/

/** Whether a text can be an image at all; a placeholder that nobody replaced cannot. Source: distribution/reference, grammar. */
export function isImageReference(text: string): boolean {
  return reference.test(text)
}

/**
 * Reads `container=image` or a bare image. Returns undefined for any other line: what Amazon ECS would refuse, or worse, fail to
 * pull an hour later, is better refused here.
 * Source: RegisterTaskDefinition, `name`: letters, digits, underscores and hyphens, at most 255.
 */
export function parseImageEdit(line: string): ImageEdit | undefined {
  const named = /^([A-Za-z0-9_-]{1,255})\s*=\s*(.*)$/.exec(line)
  const image = named?.[2] ?? line
  return isImageReference(image) ? { container: named?.[1], image } : undefined
}
