import { createHash } from 'node:crypto'

const HASHED = /\.[0-9a-f]{8}$/

export interface SlugRules {
  /** How long a tag may get. */
  longest: number
  /** Names that are not free to be taken as they are. */
  reserved?: RegExp
  /** What kind of name it is, so that names of two kinds have other hashes. */
  kind?: string
}

/**
 * A branch's name as it stands in a tag. A name that is a valid tag already stays as it is. Any other gets `-` for what tags cannot
 * hold and ends in a dot and eight hex digits of its hash, so that `feature/a` and `feature-a` differ; so does a name that only looks
 * hashed, or is too long, or is reserved.
 */
export function slug(name: string, { longest, reserved = /^$/, kind = '' }: SlugRules): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) && name.length <= longest) {
    if (!HASHED.test(name) && !reserved.test(name)) return name
  }
  const hash = createHash('sha256')
    .update(kind + name)
    .digest('hex')
    .slice(0, 8)
  const readable = name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[.-]+/, '')
  return `${readable.slice(0, longest - 9) || 'ref'}.${hash}`
}
