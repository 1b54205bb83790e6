import {
  ActionError,
  type AwsClients,
  batchGetImage,
  type Clock,
  type Manifest,
  type PlatformImage,
  parseManifest,
  type StoredImage,
} from '@ecs-release/core'
import { type BlobSource, configuration } from './registry-blob.ts'

/** An image as it lies in the repository. */
export interface ReadImage {
  stored: StoredImage
  /** One for each platform, with the digest by which it can be scanned and run. */
  platforms: readonly PlatformImage[]
  /** Of the configuration; those of the first platform for an index. */
  labels: Readonly<Record<string, string>>
  /** Bytes of all that a pull of the (first) platform brings. */
  size: number
}

export interface Registry extends BlobSource {
  clients: AwsClients
}

/** All that is known of a stored image. Needs one call more for an index, and reads the configuration from the registry. */
export async function readImage(registry: Registry, stored: StoredImage): Promise<ReadImage> {
  const manifest = understood(stored)
  if (manifest.kind === 'image') {
    const { labels, platform } = await configuration(registry, manifest.config)
    return { stored, labels, size: manifest.size, platforms: [{ platform, digest: stored.digest }] }
  }
  const first = manifest.images[0]
  const found =
    first && (await batchGetImage(registry.clients.ecr, registry.repository, [{ digest: first.digest }]))[0]
  const child = found && understood(found)
  if (child === undefined || child.kind !== 'image') throw unreadable(stored)
  const { labels } = await configuration(registry, child.config)
  return { stored, labels, size: child.size, platforms: manifest.images }
}

const ATTEMPTS = 5

export interface Told {
  digest: string
  tag: string
  /** The digest that the tag named before the push, if any. */
  before: string | undefined
}

/**
 * An image that was just pushed, by its digest; where a builder told another one, as of what it loaded into the engine, by `tag`. It
 * can take a moment until all of Amazon ECR knows it, and meanwhile the tag can seem to name the image before.
 */
export async function pushedImage(
  { clients, repository }: Registry,
  { digest, tag, before }: Told,
  clock: Clock,
): Promise<StoredImage> {
  for (let attempt = 1; ; attempt++) {
    const found = await batchGetImage(clients.ecr, repository, [{ digest }, { tag }])
    const stored = found.find((image) => image.digest === digest) ?? found[0]
    const isSure = stored?.digest === digest || stored?.digest !== before
    if (stored !== undefined && (isSure || attempt === ATTEMPTS)) return stored
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

function understood(stored: StoredImage): Manifest {
  const manifest = parseManifest(stored.manifest)
  if (manifest === undefined) throw unreadable(stored)
  return manifest
}

function unreadable({ digest, mediaType }: StoredImage): ActionError {
  return new ActionError(
    'rejected',
    `${digest} (${mediaType}) is no container image that this action can read`,
    {
      hint: 'Another kind of artifact holds this tag: choose other tags, or another repository.',
    },
  )
}
