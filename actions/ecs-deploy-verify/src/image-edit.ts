import type { ImageEdit } from '@ecs-release/core'

/** The form of a line, for the message about one that has another. */
export const imageEditForm = 'container=image or an image, written repository:tag or repository@sha256:…'

/** One reference: at most one digest and nothing after it. Source: distribution/reference, grammar of a reference. */
const reference = /^[A-Za-z0-9][\w./:-]*(@sha256:[0-9a-f]{64})?$/

/**
 * Reads `container=image` or a bare image. Returns undefined for any other line: what Amazon ECS would refuse, or worse, fail to
 * pull an hour later, is better refused here.
 * Source: RegisterTaskDefinition, `name`: letters, digits, underscores and hyphens, at most 255.
 */
export function parseImageEdit(line: string): ImageEdit | undefined {
  const named = /^([A-Za-z0-9_-]{1,255})\s*=\s*(.*)$/.exec(line)
  const image = named?.[2] ?? line
  return reference.test(image) ? { container: named?.[1], image } : undefined
}
