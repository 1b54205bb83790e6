import { digestOf } from '../images/digest.ts'
import { imageTypes, indexTypes, type ManifestDocument, readDocument } from '../images/manifest-document.ts'
import type { Repository } from '../images/repositories.ts'
import { ServiceError } from '../wire/service-error.ts'
import { invalidParameter, tagIsImmutable } from './errors.ts'
import { mayMove } from './tag-mutability.ts'
import type { EcrWorld } from './world.ts'

/** A manifest on its way into a repository. */
export interface IncomingManifest {
  bytes: Buffer
  /** As the request says; the document's own when absent. */
  mediaType: string | undefined
  /** Without one the manifest is stored untagged. */
  tag: string | undefined
}

export interface StoredManifest {
  digest: string
  /** Neither the manifest nor the tag was new. */
  unchanged: boolean
  subject: string | undefined
}

const largest = 4_194_304
const onPushDelay = 2

/**
 * Stores exact bytes under ECR's rules, which are the same for PutImage and for the registry: everything referred to
 * must be there, and an immutable tag stays where it is. Source: ECR API reference, "PutImage"; aws-model.md 3.3.
 */
export function storeManifest(
  ecr: EcrWorld,
  repository: Repository,
  incoming: IncomingManifest,
): StoredManifest {
  const { bytes, tag } = incoming
  const document = readDocument(bytes)
  if (!document || bytes.length > largest) throw invalidParameter('ImageManifest', 'Invalid JSON syntax')
  const mediaType = incoming.mediaType ?? document.mediaType
  if (mediaType === undefined || ![...imageTypes, ...indexTypes].includes(mediaType)) {
    throw invalidParameter('ImageManifestMediaType', 'Unsupported manifest media type')
  }
  refuseMissing(repository, document)
  const digest = digestOf(bytes)
  const before = tag === undefined ? undefined : repository.tags.get(tag)
  const record = ecr.records.of(repository)
  if (tag !== undefined && before !== undefined && before !== digest && !mayMove(record.mutability, tag)) {
    throw tagIsImmutable(tag, repository.name)
  }
  const known = repository.manifests.has(digest)
  if (!known) {
    repository.manifests.set(digest, { digest, mediaType, bytes })
    const image = { pushedAt: ecr.clock.now() }
    const scanned = record.scanOnPush && isScannable(mediaType, document)
    record.appeared.set(digest, ecr.clock.now())
    record.images.set(digest, scanned ? { ...image, scan: ecr.scans.start(digest, onPushDelay) } : image)
  }
  if (tag !== undefined && before !== digest) {
    repository.tags.set(tag, digest)
    record.retagged.set(tag, { at: ecr.clock.now(), before })
  }
  return { digest, unchanged: known && (tag === undefined || before === digest), subject: document.subject }
}

function refuseMissing(repository: Repository, document: ManifestDocument): void {
  const parts = [document.config, ...document.layers].filter((part) => part !== undefined)
  const layers = parts.filter((part) => !part.elsewhere && !repository.blobs.has(part.digest))
  if (layers.length > 0) {
    const digests = layers.map((layer) => layer.digest).join(', ')
    throw new ServiceError(
      'LayersNotFoundException',
      `The layers [${digests}] do not exist in the repository`,
    )
  }
  const children = document.manifests.filter((child) => !repository.manifests.has(child.digest))
  if (children.length > 0) {
    const digests = children.map((child) => child.digest).join(', ')
    throw new ServiceError(
      'ReferencedImagesNotFoundException',
      `The images referred to by the manifest list do not exist: [${digests}]`,
    )
  }
}

/** Whether the manifest is a container image, and neither an index nor an attestation, a cache or another artifact. */
export function isScannable(mediaType: string, document: ManifestDocument): boolean {
  if (!imageTypes.includes(mediaType) || document.layers.length === 0) return false
  return (
    document.layers.every((layer) => /\.tar|\.tar\.gzip|diff\.tar/.test(layer.mediaType)) && isImage(document)
  )
}

function isImage({ config }: ManifestDocument): boolean {
  return /container\.image\.v1\+json|oci\.image\.config\.v1\+json/.test(config?.mediaType ?? '')
}
