import type { ActionError } from '../../action/action-error.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { digestNotProvable } from '../diagnose/texts/proof.ts'
import { pinnedDigest } from '../task-definition/images.ts'
import type { Proof } from './proof.ts'

type NotProvable = Extract<Proof, { kind: 'not-provable' }>

/**
 * Why nothing can be proven for images that were asked for by tag when no deployment was started: ECS resolves a tag once for each
 * deployment, and what was pushed under it since then runs nowhere. undefined when every image has a digest, of its own or by
 * what its registry said (`inRegistry`, by container). Source: Amazon ECS, "Container image resolution".
 */
export function unresolvedTag(
  images: ReadonlyMap<string, string>,
  inRegistry: ReadonlyMap<string, string>,
): NotProvable | undefined {
  const [tagged] = [...images].filter(
    ([container, image]) => pinnedDigest(image) === undefined && !inRegistry.has(container),
  )
  if (tagged === undefined) return undefined
  const [container, image] = tagged
  return {
    kind: 'not-provable',
    tasks: [],
    finding: finding(digestNotProvable, digestNotProvable.cases.unresolvedTag, { image, container }, []),
  }
}

/**
 * Why nothing can be proven for an image that was asked for by a tag which Amazon ECR was not allowed to resolve: that tasks run what ECS
 * resolved the tag to says nothing of what was meant. `unasked` has the reasons by container.
 */
export function unaskedTag(
  images: ReadonlyMap<string, string>,
  unasked: ReadonlyMap<string, ActionError>,
): NotProvable | undefined {
  for (const [container, image] of images) {
    const error = pinnedDigest(image) === undefined ? unasked.get(container) : undefined
    if (error === undefined) continue
    const values = { image, container, why: error.message }
    const unknown = finding(digestNotProvable, digestNotProvable.cases.unaskedTag, values, [])
    return { kind: 'not-provable', tasks: [], finding: unknown }
  }
  return undefined
}
