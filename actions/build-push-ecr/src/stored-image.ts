import {
  ActionError,
  batchGetImage,
  type Manifest,
  type PlatformImage,
  parseManifest,
  type StoredImage,
} from '@ecs-release/core'
import { configuration, type Registry } from './configuration.ts'

/** An image as it lies in the repository. */
export interface ReadImage extends Outline {
  stored: StoredImage
  /** Of the configuration; those of the first platform for an index. */
  labels: Readonly<Record<string, string>>
}

/** What the manifest alone may leave open. */
export interface Outline {
  /** One for each platform, with the digest by which it can be scanned and run. */
  platforms: readonly PlatformImage[]
  /** Bytes of all that a pull of the (first) platform brings. */
  size: number | undefined
}

/** All that is known of a stored image. Needs one call more for an index, and reads the configuration from the registry. */
export async function readImage(registry: Registry, stored: StoredImage): Promise<ReadImage> {
  const manifest = understood(stored)
  if (manifest.kind === 'image') {
    const { labels, platform } = await configuration(registry, manifest.config)
    return { stored, labels, size: manifest.size, platforms: [{ platform, digest: stored.digest }] }
  }
  const [child] = await childrenOf(registry, manifest.images.slice(0, 1))
  if (child === undefined) throw unreadable(stored)
  const { labels } = await configuration(registry, child.config)
  return { stored, labels, size: child.size, platforms: manifest.images }
}

/** What is known of an image whose configuration cannot be read. */
export function outline({ manifest }: StoredImage): Outline {
  const parsed = parseManifest(manifest)
  if (parsed?.kind === 'index') return { platforms: parsed.images, size: undefined }
  return { platforms: [], size: parsed?.size }
}

/** The digests that can be scanned: an index itself cannot. */
export function scannable(stored: StoredImage): string[] {
  const manifest = parseManifest(stored.manifest)
  return manifest?.kind === 'index' ? manifest.images.map(({ digest }) => digest) : [stored.digest]
}

/** The digests of all layers, of all platforms; undefined where not all are known. Needs one call for an index. */
export async function layersOf(registry: Registry, stored: StoredImage): Promise<string[] | undefined> {
  const manifest = understood(stored)
  const images = manifest.kind === 'image' ? [manifest] : await childrenOf(registry, manifest.images)
  if (manifest.kind === 'index' && images.length < manifest.images.length) return undefined
  return images.flatMap(({ layers }) => layers.map(({ digest }) => digest))
}

type SingleManifest = Extract<Manifest, { kind: 'image' }>

async function childrenOf(
  { clients, repository }: Registry,
  images: readonly PlatformImage[],
): Promise<SingleManifest[]> {
  if (images.length === 0) return []
  const ids = images.map(({ digest }) => ({ digest }))
  const found = (await batchGetImage(clients.ecr, repository, ids)).map(understood)
  return found.filter((manifest) => manifest.kind === 'image')
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
