import type { ImageEdit } from '@ecs-release/core'

/**
 * Reads `container=image` or a bare image. Only what could be a container's name counts as one, so that an image
 * reference may hold `=` itself. Returns undefined for a line without an image.
 * Source: RegisterTaskDefinition, `name`: letters, digits, underscores and hyphens, at most 255.
 */
export function parseImageEdit(line: string): ImageEdit | undefined {
  const named = /^([A-Za-z0-9_-]{1,255})\s*=\s*(.*)$/.exec(line)
  const image = named?.[2] ?? line
  if (image === '' || /\s/.test(image)) return undefined
  return { container: named?.[1], image }
}
