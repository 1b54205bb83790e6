import { ActionError, batchGetImage, type StoredImage } from '@ecs-release/core'
import type { Registry } from './configuration.ts'

/** What a build said of its push. */
export interface Told {
  digest: string
  tag: string
  /** The digest that the tag named before the push, if any. */
  before: string | undefined
  /** Other tags whose images are to be looked at with the same call. */
  others: readonly string[]
}

export interface Pushed {
  stored: StoredImage
  /** What the other tags name right after the push, by tag. */
  others: ReadonlyMap<string, StoredImage>
}

const ATTEMPTS = 5

/**
 * An image that was just pushed, by its digest. It can take a moment until all of Amazon ECR knows it, and meanwhile the tag can still name
 * the image before; so the tag is believed only in the end, where a builder told another digest than that of its push.
 */
export async function pushedImage(
  { clients, repository, clock }: Registry,
  { digest, tag, before, others }: Told,
): Promise<Pushed> {
  for (let attempt = 1; ; attempt++) {
    const ids = [{ digest }, { tag }, ...others.map((other) => ({ tag: other }))]
    const found = await batchGetImage(clients.ecr, repository, ids)
    const byTag = new Map(found.flatMap((image) => (image.tag === undefined ? [] : [[image.tag, image]])))
    const named = byTag.get(tag)
    const sure = found.find((image) => image.digest === digest)
    const stored = sure ?? (attempt === ATTEMPTS && named?.digest !== before ? named : undefined)
    if (stored !== undefined) {
      byTag.delete(tag)
      return { stored, others: byTag }
    }
    if (attempt === ATTEMPTS) {
      throw new ActionError(
        'not-found',
        `Amazon ECR does not have ${digest}, which the build says it pushed`,
        {
          hint: 'Check that repository is the registry that this runner really reaches (DNS, proxies), then run the step again.',
        },
      )
    }
    await clock.sleep(500 * attempt)
  }
}
