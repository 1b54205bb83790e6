import { isJsonObject, isJsonObjectList, type JsonObject, parseJsonObject } from '../json.ts'

/** What a manifest says. Sources: OCI image specification, image manifest and image index; Docker's are of the same shape. */
export type Manifest =
  | { kind: 'image'; config: string; layers: readonly Layer[]; size: number }
  | { kind: 'index'; images: readonly PlatformImage[] }

export interface Layer {
  digest: string
  /** Bytes, compressed. */
  size: number
}

export interface PlatformImage {
  /** `linux/amd64`, `linux/arm/v7` */
  platform: string
  digest: string
}

/** undefined for text that is no manifest of an image. Attestations in an index are left out. */
export function parseManifest(text: string): Manifest | undefined {
  const manifest = parseJsonObject(text)
  if (manifest === undefined) return undefined
  if (isJsonObjectList(manifest.manifests)) {
    return { kind: 'index', images: manifest.manifests.flatMap(platformImage) }
  }
  const { config, layers } = manifest
  if (!isJsonObject(config) || typeof config.digest !== 'string' || !isJsonObjectList(layers))
    return undefined
  const known = layers.map(({ digest, size }) => ({ digest: String(digest), size: Number(size) }))
  const size = known.reduce((sum, layer) => sum + layer.size, Number(config.size ?? 0))
  return { kind: 'image', config: config.digest, layers: known, size }
}

/** The platform that an image's configuration, or an entry of an index, is for. */
export function platformOf({ os, architecture, variant }: JsonObject): string {
  return [os, architecture, variant].filter((part) => typeof part === 'string' && part !== '').join('/')
}

function platformImage({ digest, platform, annotations }: JsonObject): PlatformImage[] {
  if (typeof digest !== 'string' || !isJsonObject(platform)) return []
  const attests = isJsonObject(annotations) && annotations['vnd.docker.reference.type'] !== undefined
  return attests || platform.os === 'unknown' ? [] : [{ platform: platformOf(platform), digest }]
}
