import { readDocument } from '../../images/manifest-document.ts'
import type { Repository } from '../../images/repositories.ts'
import { object, optionalText } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import { imageNotFound, invalidParameter } from '../errors.ts'
import type { EcrWorld } from '../world.ts'
import { findImage, type ImageId, imageIdText, imageIdView, readImageIds, tagsOf } from './image-ids.ts'
import { belongsTo, namedRepository, pageOf } from './named-repository.ts'

function tagFilter(input: JsonObject): (tagged: boolean) => boolean {
  const status = optionalText(object(input, 'filter') ?? {}, 'tagStatus') ?? 'ANY'
  if (!['TAGGED', 'UNTAGGED', 'ANY'].includes(status)) {
    throw invalidParameter('tagStatus', 'Member must satisfy enum value set: [TAGGED, UNTAGGED, ANY]')
  }
  return (tagged) => status === 'ANY' || (status === 'TAGGED') === tagged
}

function detailView(ecr: EcrWorld, repository: Repository, digest: string): JsonObject {
  const manifest = repository.manifests.get(digest)
  const document = manifest && readDocument(manifest.bytes)
  const { pushedAt, pulledAt } = ecr.records.image(repository, digest)
  const tags = tagsOf(repository, digest)
  const parts = [document?.config, ...(document?.layers ?? [])]
  const size = parts.reduce((sum, part) => sum + (part?.size ?? 0), 0)
  return present({
    ...belongsTo(ecr, repository),
    imageDigest: digest,
    imageTags: tags.length > 0 ? tags : undefined,
    // An index has no layers; what ECR counts then is not documented [assumed: its own bytes].
    imageSizeInBytes: size || (manifest?.bytes.length ?? 0),
    imagePushedAt: pushedAt / 1000,
    imageManifestMediaType: manifest?.mediaType,
    artifactMediaType: document?.artifactType ?? document?.config?.mediaType,
    lastRecordedPullTime: pulledAt === undefined ? undefined : pulledAt / 1000,
  })
}

/** DescribeImages: by ids (one that is missing fails the whole call [assumed]) or in pages, in the order of the pushes. */
export function describeImages(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const ids = readImageIds(input)
  if (ids.length > 0) {
    const digests = ids.map((id) => {
      const found = findImage(repository, id)
      if (typeof found === 'string') return found
      throw imageNotFound(imageIdText(id), repository.name, ecr.place.accountId)
    })
    return { imageDetails: digests.map((digest) => detailView(ecr, repository, digest)) }
  }
  const wanted = tagFilter(input)
  const digests = [...repository.manifests.keys()].filter((digest) =>
    wanted(tagsOf(repository, digest).length > 0),
  )
  const { page, nextToken } = pageOf(digests, input)
  return present({ imageDetails: page.map((digest) => detailView(ecr, repository, digest)), nextToken })
}

/** ListImages: one entry for each tag, and one for each image without any. */
export function listImages(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const wanted = tagFilter(input)
  const ids = [...repository.manifests.keys()].flatMap((digest): ImageId[] => {
    const tags = tagsOf(repository, digest)
    return tags.length > 0 ? tags.map((tag) => ({ digest, tag })) : [{ digest, tag: undefined }]
  })
  const { page, nextToken } = pageOf(
    ids.filter(({ tag }) => wanted(tag !== undefined)),
    input,
  )
  return present({ imageIds: page.map(imageIdView), nextToken })
}
