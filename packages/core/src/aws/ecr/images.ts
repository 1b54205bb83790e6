import { BatchGetImageCommand, type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr'
import { ActionError } from '../../action/action-error.ts'
import { call } from '../call.ts'
import { inChunks } from '../chunks.ts'
import { awsErrorName } from '../errors.ts'
import { present } from '../present.ts'
import type { RepositoryId } from './repositories.ts'

/** An image is asked for by a tag or by its digest. */
export type ImageId = { tag: string } | { digest: string }

export interface StoredImage {
  digest: string
  /** The tag that it was asked for by. */
  tag: string | undefined
  /** The exact bytes, of which the digest is the SHA-256. */
  manifest: string
  mediaType: string
}

/** All that a repository can hold, so that no manifest is converted on the way. */
export const MANIFEST_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/** Those of the images that exist. Source: Amazon ECR API, BatchGetImage, whose failures come with HTTP status 200. */
export function batchGetImage(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
  ids: readonly ImageId[],
): Promise<StoredImage[]> {
  return call('ecr:BatchGetImage', `read images of ${name}`, () =>
    inChunks(ids, 100, async (chunk) => {
      const answer = await ecr.send(
        new BatchGetImageCommand({
          registryId,
          repositoryName: name,
          imageIds: chunk.map((id) => ('tag' in id ? { imageTag: id.tag } : { imageDigest: id.digest })),
          acceptedMediaTypes: [...MANIFEST_TYPES],
        }),
      )
      const failure = answer.failures?.find(({ failureCode }) => failureCode !== 'ImageNotFound')
      if (failure !== undefined) {
        const reason = `${failure.failureCode}: ${failure.failureReason ?? ''}`
        throw new ActionError('rejected', `Could not read images of ${name} (${reason})`)
      }
      return (answer.images ?? []).map((image) => ({
        digest: present(image.imageId?.imageDigest, 'Image.imageId.imageDigest'),
        tag: image.imageId?.imageTag,
        manifest: present(image.imageManifest, 'Image.imageManifest'),
        mediaType: present(image.imageManifestMediaType, 'Image.imageManifestMediaType'),
      }))
    }),
  )
}

/**
 * Gives a stored image one more tag: the same bytes are put again. A tag that names another image moves, unless it is immutable.
 * Answers `unchanged` when the tag names this image already.
 */
export async function putImage(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
  image: StoredImage,
  tag: string,
): Promise<'put' | 'unchanged'> {
  try {
    const put = new PutImageCommand({
      registryId,
      repositoryName: name,
      imageManifest: image.manifest,
      imageManifestMediaType: image.mediaType,
      imageDigest: image.digest,
      imageTag: tag,
    })
    await call('ecr:PutImage', `set the tag ${tag} in ${name}`, () => ecr.send(put))
    return 'put'
  } catch (error) {
    if (awsErrorName(error) === 'ImageAlreadyExistsException') return 'unchanged'
    throw error
  }
}
