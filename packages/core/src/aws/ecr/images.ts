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

/** Source: Amazon ECR API, ImageFailure; Amazon ECR User Guide, "Encryption at rest" and "Pull through cache". */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  [
    'KmsError',
    'Check that the KMS key of the repository is enabled and not about to be deleted, and that its grants for Amazon ECR are still there.',
  ],
  [
    'UpstreamAccessDenied',
    'Check the secret with the login of the upstream registry that the pull through cache rule of this repository names.',
  ],
  [
    'UpstreamTooManyRequests',
    'The upstream registry of this pull through cache limits its requests: give the rule a login for it, or run the step again later.',
  ],
])
const OTHER_REMEDY =
  'Run the step again; if it persists, "ImageFailure" in the Amazon ECR API reference explains the code.'

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
        const reason = [failure.failureCode, failure.failureReason].filter(Boolean).join(': ')
        throw new ActionError('rejected', `Could not read images of ${name} (${reason})`, {
          hint: REMEDIES.get(failure.failureCode ?? '') ?? OTHER_REMEDY,
        })
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
