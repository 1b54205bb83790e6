import { isObject, type JsonObject, type JsonValue } from '../wire/json.ts'
import type { Repository } from './repositories.ts'

/** What a manifest or index says of one thing that it refers to. */
export interface Reference {
  digest: string
  mediaType: string
  size: number
  /** `linux/amd64`, which an index says of each image. */
  platform: string | undefined
  /** Kept elsewhere, so that a registry does not ask for it (foreign layers). */
  elsewhere: boolean
}

/** A manifest or an index, as far as a registry reads it. */
export interface ManifestDocument {
  mediaType: string | undefined
  artifactType: string | undefined
  config: Reference | undefined
  layers: Reference[]
  manifests: Reference[]
  annotations: JsonObject | undefined
  /** Digest of the manifest that this one is attached to (OCI 1.1). */
  subject: string | undefined
}

/** undefined when the bytes are no JSON object. */
export function readDocument(bytes: Buffer): ManifestDocument | undefined {
  let document: unknown
  try {
    document = JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
  if (!isObject(document)) return undefined
  return {
    mediaType: text(document.mediaType),
    artifactType: text(document.artifactType),
    config: reference(document.config),
    layers: references(document.layers),
    manifests: references(document.manifests),
    annotations: isObject(document.annotations) ? document.annotations : undefined,
    subject: reference(document.subject)?.digest,
  }
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function reference(value: JsonValue | undefined): Reference | undefined {
  if (!isObject(value) || typeof value.digest !== 'string') return undefined
  return {
    digest: value.digest,
    mediaType: text(value.mediaType) ?? '',
    size: typeof value.size === 'number' ? value.size : 0,
    platform: isObject(value.platform) ? platformOf(value.platform) : undefined,
    elsewhere: Array.isArray(value.urls) && value.urls.length > 0,
  }
}

function platformOf({ architecture, os }: JsonObject): string {
  return `${text(os) ?? ''}/${text(architecture) ?? ''}`
}

function references(value: JsonValue | undefined): Reference[] {
  return Array.isArray(value) ? value.flatMap((entry) => reference(entry) ?? []) : []
}

/** The media types that ECR stores (ECR user guide, "Container image manifest format support"). */
export const imageTypes: readonly string[] = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
]
export const indexTypes: readonly string[] = [
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.index.v1+json',
]

/** The digests of the indexes in the repository that list the given manifest. */
export function indexesOf(repository: Repository, digest: string): string[] {
  return [...repository.manifests.values()]
    .filter(({ mediaType }) => indexTypes.includes(mediaType))
    .filter(({ bytes }) => readDocument(bytes)?.manifests.some((child) => child.digest === digest))
    .map((index) => index.digest)
}
