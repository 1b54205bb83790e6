import type { ServiceRevision } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import { pinnedDigest } from '../task-definition/images.ts'
import type { ContainerDigest, DigestSource } from './proof.ts'

/** A container of the task definition and what is known of the digest that it has to run. */
export interface Expectation {
  container: string
  image: string
  /** undefined when neither the image nor the service revision has one. */
  digest: string | undefined
  source: DigestSource
  /** Whether the proof fails without it. The others are proven where ECS reports a digest. */
  required: boolean
}

/**
 * What every task has to run. Required are the containers that `images` named and those that the task definition pins by
 * digest; when there are none of both, all. A digest in the image wins; for a tag the service revision says which
 * digest ECS resolved it to, once for the whole deployment. Containers that ECS adds by itself are in no task definition.
 */
export function expectations(
  definition: JsonObject,
  named: ReadonlyMap<string, string>,
  revision: ServiceRevision,
): Expectation[] {
  const all = containersOf(definition).map((definedContainer) => {
    const container = textOf(definedContainer, 'name') ?? ''
    const image = textOf(definedContainer, 'image') ?? ''
    const pinned = pinnedDigest(image)
    const resolved = revision.containerImages.find(({ containerName }) => containerName === container)?.digest
    const source =
      pinned === undefined ? 'service-revision' : named.has(container) ? 'images' : 'task-definition'
    const required = named.has(container) || pinned !== undefined
    return { container, image, digest: pinned ?? resolved, source, required } as const
  })
  return all.some(({ required }) => required) ? all : all.map((each) => ({ ...each, required: true }))
}

/** The expectations that name a digest. */
export function withDigest(expected: readonly Expectation[]): ContainerDigest[] {
  return expected.flatMap(({ container, image, digest, source }) =>
    digest === undefined ? [] : [{ container, image, digest, source }],
  )
}
