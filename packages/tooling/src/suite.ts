import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './repository.ts'

/**
 * The suite as its users refer to it, `OWNER/REPOSITORY`: what release.yml calls the workflow that builds by. A copy of this
 * repository calls itself there by its own name.
 */
export const suite: string = suiteNamedIn(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'))

/** Throws when the text calls no build.yml by a tag. */
export function suiteNamedIn(release: string): string {
  const name = /^ +uses: ([^\s/]+\/[^\s/]+)\/\.github\/workflows\/build\.yml@v\d+$/m.exec(release)?.[1]
  if (name === undefined)
    throw new Error('release.yml calls no OWNER/REPOSITORY/.github/workflows/build.yml@vN')
  return name
}
