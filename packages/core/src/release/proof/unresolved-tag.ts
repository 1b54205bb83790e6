import type { ActionError } from '../../action/action-error.ts'
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
    finding: {
      code: 'digest-not-provable',
      cause: `nothing was deployed, and the tag of ${image} for container ${container} may have moved since ECS resolved it for the deployment that runs`,
      remedy:
        'Give the image by digest (repository@sha256:…), set force-new-deployment so that ECS resolves the tag anew, or, for an image in Amazon ECR, let the role call ecr:BatchGetImage on its repository.',
      evidence: [],
    },
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
    const cause = `it is not known which image the tag of ${image} for container ${container} named before the deployment: ${error.message}`
    const remedy = `Give the image by digest (repository@sha256:…).${error.hint === undefined ? '' : ` Or: ${error.hint}`}`
    return {
      kind: 'not-provable',
      tasks: [],
      finding: { code: 'digest-not-provable', cause, remedy, evidence: [] },
    }
  }
  return undefined
}
