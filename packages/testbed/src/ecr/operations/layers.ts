import { text, textList } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import { invalidParameter, layersNotFound } from '../errors.ts'
import type { EcrWorld } from '../world.ts'
import { namedRepository } from './named-repository.ts'

/** BatchCheckLayerAvailability. Source: ECR API reference. */
export function batchCheckLayerAvailability(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const digests = textList(input, 'layerDigests')
  if (digests.length < 1 || digests.length > 100) {
    throw invalidParameter('layerDigests', 'Member must have length between 1 and 100')
  }
  const valid = digests.filter((digest) => /^sha256:[0-9a-f]{64}$/.test(digest))
  return {
    layers: valid.map((layerDigest) => {
      const size = repository.blobs.get(layerDigest)?.length
      if (size === undefined) return { layerDigest, layerAvailability: 'UNAVAILABLE' }
      return { layerDigest, layerAvailability: 'AVAILABLE', layerSize: size }
    }),
    failures: digests
      .filter((digest) => !valid.includes(digest))
      .map((layerDigest) => ({
        layerDigest,
        failureCode: 'InvalidLayerDigest',
        failureReason: 'The layer digest is not valid',
      })),
  }
}

/** GetDownloadUrlForLayer, of layers and configurations alike. */
export function getDownloadUrlForLayer(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const layerDigest = text(input, 'layerDigest')
  const bytes = repository.blobs.get(layerDigest)
  if (!bytes) throw layersNotFound(layerDigest, repository.name, ecr.place.accountId)
  return { downloadUrl: ecr.layers.urlOf(bytes), layerDigest }
}
