import type { Repository } from '../../images/repositories.ts'
import { objectList, optionalText } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import { invalidParameter } from '../errors.ts'

/** An image as a request names it: by digest, by tag, or by both. */
export interface ImageId {
  digest: string | undefined
  tag: string | undefined
}

/** Why an image id leads to no image, as `failures[]` say it (ECR API reference, "ImageFailure"). */
export interface ImageFailure {
  code: string
  reason: string
}

export function readImageId(input: JsonObject): ImageId {
  return { digest: optionalText(input, 'imageDigest'), tag: optionalText(input, 'imageTag') }
}

/** The `imageIds` of a request, at most 100. */
export function readImageIds(input: JsonObject): ImageId[] {
  const ids = objectList(input, 'imageIds').map(readImageId)
  if (ids.length > 100)
    throw invalidParameter('imageIds', 'Member must have length less than or equal to 100')
  return ids
}

/** As ECR's texts spell an image id: `{imageDigest:'sha256:…', imageTag:'null'}`. */
export function imageIdText({ digest = 'null', tag = 'null' }: ImageId): string {
  return `{imageDigest:'${digest}', imageTag:'${tag}'}`
}

export function imageIdView({ digest, tag }: ImageId): JsonObject {
  return present({ imageDigest: digest, imageTag: tag })
}

/** The digest that the id leads to. */
export function findImage(repository: Repository, { digest, tag }: ImageId): string | ImageFailure {
  if (digest === undefined && tag === undefined) {
    return {
      code: 'MissingDigestAndTag',
      reason: 'Invalid request parameters: both tag and digest cannot be null',
    }
  }
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    return {
      code: 'InvalidImageDigest',
      reason:
        "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    }
  }
  const tagged = tag === undefined ? digest : repository.tags.get(tag)
  if (digest !== undefined && tagged !== undefined && tagged !== digest) {
    return {
      code: 'ImageTagDoesNotMatchDigest',
      reason: 'The provided tag does not match the provided digest',
    }
  }
  if (tagged === undefined || !repository.manifests.has(tagged)) {
    return { code: 'ImageNotFound', reason: 'Requested image not found' }
  }
  return tagged
}

export function failureView(id: ImageId, { code, reason }: ImageFailure): JsonObject {
  return { imageId: imageIdView(id), failureCode: code, failureReason: reason }
}

/** The tags of an image, in the order in which they came. */
export function tagsOf(repository: Repository, digest: string): string[] {
  return [...repository.tags].flatMap(([tag, tagged]) => (tagged === digest ? tag : []))
}
