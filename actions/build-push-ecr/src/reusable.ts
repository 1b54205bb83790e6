import { ActionError, type StoredImage } from '@ecs-release/core'
import { differences, isOtherCheckout } from './identity.ts'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { refuseTakenTags } from './preflight.ts'
import { isImmutable } from './repository/mutability.ts'
import { ownLabels, platformsOf } from './request.ts'
import { type ReadImage, type Registry, readImage } from './stored-image.ts'

/**
 * The image that the first tag names already, if it is the one that would be built. Throws when it is another one, or when any is one
 * too many (if-exists: fail).
 */
export async function reusable(plan: Plan, found: Found, registry: Registry): Promise<ReadImage | undefined> {
  const { inputs, tags, repository } = plan
  const stored = found.existing.get(tags.first)
  if (stored === undefined || inputs.ifExists === 'rebuild') return undefined
  const where = `${repository.name}:${tags.first}`
  if (inputs.ifExists === 'fail') {
    throw new ActionError('rejected', `if-exists: ${where} exists already, with ${stored.digest}`, {
      hint: 'Set if-exists: reuse to take an image of the same commit and inputs.',
    })
  }
  const image = await readImage(registry, stored)
  const wanted = ownLabels(plan, found)
  const differing = [...differences(wanted, image.labels), ...otherPlatform(plan, found, image)]
  if (differing.length > 0) {
    throw new ActionError(
      'rejected',
      `${where} exists and is another image than asked for: ${differing.join(', ')}`,
      { hint: hintFor(plan, found, isOtherCheckout(wanted, image.labels)) },
    )
  }
  refuseTaken(plan, found, stored)
  return image
}

/** Advice that works: where tags are immutable, nothing can be rebuilt under one that exists. */
function hintFor({ tags, facts, inputs }: Plan, { repository }: Found, otherCheckout: boolean): string {
  const own = `raw=${(inputs.target ?? 'other').replace(/[^A-Za-z0-9_.-]/g, '-')}-${facts.commit?.slice(0, 7) ?? 'TEXT'}`
  const immutable = repository !== undefined && isImmutable(repository, tags.first)
  const ownTag = `give this build a tag of its own in place of branch-sha and sha: tags: ${own}`
  const remedy = immutable ? ownTag : `${ownTag}, or have it replaced: if-exists: rebuild`
  if (!otherCheckout) return `${remedy.replace(/^g/, 'G')}.`
  return `A pull request is built from its merge with the base: give actions/checkout ref: \${{ github.event.pull_request.head.sha }}, or ${remedy}.`
}

/** Without the input the builder decides, and another runner may have built for its own. Variants are left out of it. */
function otherPlatform(plan: Plan, { builder }: Found, { platforms }: ReadImage): string[] {
  const short = (platform: string) => platform.split('/').slice(0, 2).join('/')
  if (platformsOf(plan) !== undefined || builder.platform === undefined) return []
  const here = short(builder.platform)
  if (platforms.some(({ platform }) => short(platform) === here)) return []
  return [`it is for ${platforms.map(({ platform }) => platform).join(' and ')}, not ${here}`]
}

function refuseTaken(plan: Plan, { repository, existing }: Found, stored: StoredImage): void {
  if (repository === undefined) return
  refuseTakenTags({ repository: repository.name, rule: repository, tags: plan.tags.tags, existing }, stored)
}
