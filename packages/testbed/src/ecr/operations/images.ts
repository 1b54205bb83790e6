import { digestOf } from '../../images/digest.ts'
import { indexesOf } from '../../images/manifest-document.ts'
import type { Manifest } from '../../images/oci-image.ts'
import type { Repository } from '../../images/repositories.ts'
import { optionalText, required, text } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { asRead } from '../consistency.ts'
import { invalidParameter } from '../errors.ts'
import { storeManifest } from '../store-manifest.ts'
import type { EcrWorld } from '../world.ts'
import {
  failureView,
  findImage,
  type ImageFailure,
  type ImageId,
  imageIdView,
  readImageIds,
  tagsOf,
} from './image-ids.ts'
import { belongsTo, namedRepository } from './named-repository.ts'

function imageView(
  ecr: EcrWorld,
  repository: Repository,
  manifest: Manifest,
  tag: string | undefined,
): JsonObject {
  return {
    ...belongsTo(ecr, repository),
    imageId: imageIdView({ digest: manifest.digest, tag }),
    imageManifest: manifest.bytes.toString(),
    imageManifestMediaType: manifest.mediaType,
  }
}

/** BatchGetImage: exact bytes; what is missing comes in `failures` of a successful answer. */
export function batchGetImage(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = asRead(ecr, namedRepository(ecr, input))
  const images: JsonObject[] = []
  const failures: JsonObject[] = []
  const ids = readImageIds(input)
  if (ids.length === 0) required(undefined, 'imageIds')
  for (const id of ids) {
    const found = findImage(repository, id)
    const manifest = typeof found === 'string' ? repository.manifests.get(found) : undefined
    if (manifest) images.push(imageView(ecr, repository, manifest, id.tag))
    else if (typeof found !== 'string') failures.push(failureView(id, found))
  }
  return { images, failures }
}

/** PutImage: stores a manifest, or tags one that is there. Source: ECR API reference; aws-model.md 3.3. */
export function putImage(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const bytes = Buffer.from(text(input, 'imageManifest'))
  const tag = optionalText(input, 'imageTag')
  if (tag !== undefined && !/^[\w][\w.-]{0,299}$/.test(tag)) {
    throw invalidParameter('imageTag', "must satisfy regular expression '[a-zA-Z0-9-_.]+'")
  }
  const claimed = optionalText(input, 'imageDigest')
  if (claimed !== undefined && claimed !== digestOf(bytes)) {
    const text = `The provided digest '${claimed}' does not match the digest of the image manifest '${digestOf(bytes)}'`
    throw new ServiceError('ImageDigestDoesNotMatchException', text)
  }
  const mediaType = optionalText(input, 'imageManifestMediaType')
  const { digest, unchanged } = storeManifest(ecr, repository, { bytes, mediaType, tag })
  const manifest = repository.manifests.get(digest)
  if (unchanged || !manifest) {
    throw new ServiceError(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}' and tag '${tag ?? null}' already exists in the repository with name '${repository.name}' in registry with id '${ecr.place.accountId}'`,
    )
  }
  return { image: imageView(ecr, repository, manifest, tag) }
}

/** BatchDeleteImage: by tag only the tag goes, and with the last tag the image; by digest all tags go too. */
export function batchDeleteImage(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const imageIds: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const id of readImageIds(input)) {
    const outcome = deleteImage(repository, id)
    if (Array.isArray(outcome)) imageIds.push(...outcome.map(imageIdView))
    else failures.push(failureView(id, outcome))
  }
  return { imageIds, failures }
}

/** What was deleted, or why nothing was. */
export function deleteImage(repository: Repository, id: ImageId): ImageId[] | ImageFailure {
  const digest = findImage(repository, id)
  if (typeof digest !== 'string') return digest
  const tags = tagsOf(repository, digest)
  const going = id.tag === undefined ? tags : [id.tag]
  const lastTag = going.length === tags.length
  const indexes = indexesOf(repository, digest)
  if (lastTag && indexes.length > 0) {
    return {
      code: 'ImageReferencedByManifestList',
      reason: `Requested image referenced by manifest list: [${indexes.join(', ')}]`,
    }
  }
  for (const tag of going) repository.tags.delete(tag)
  if (lastTag) repository.manifests.delete(digest)
  return going.length > 0 ? going.map((tag) => ({ digest, tag })) : [{ digest, tag: undefined }]
}
