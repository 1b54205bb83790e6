import { ActionError, type StoredImage } from '@ecs-release/core'
import type { Registry } from './configuration.ts'
import { enumerated } from './enumeration.ts'
import { differences } from './identity.ts'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { refuseTakenTags } from './preflight.ts'
import { isImmutable } from './repository/mutability.ts'
import { differingLabels, ownLabels, platformsOf } from './request.ts'
import { type ReadImage, readImage } from './stored-image.ts'
import type { PlannedTag } from './tags/plan.ts'
import { remedyFor } from './taken-remedy.ts'

/** An image that is there already and is the one that would be built. */
export interface Reusable {
  image: ReadImage
  /** The tag that names it, mostly the first. */
  tag: string
}

/** A fixed tag that names an image already. */
interface Taken {
  planned: PlannedTag
  stored: StoredImage
}

/**
 * The image that a fixed tag names already, if it is the one that would be built. Throws when any of these tags names another one, or
 * when any is one too many (if-exists: fail). A rebuild moves them, and throws where none can be moved.
 */
export async function reusable(plan: Plan, found: Found, registry: Registry): Promise<Reusable | undefined> {
  const taken = takenTags(plan, found)
  const [earliest] = taken
  if (earliest === undefined) return undefined
  switch (found.ifExists) {
    case 'fail': {
      const { planned, stored } = earliest
      const what = `if-exists: ${plan.repository.name}:${planned.tag} exists already, with ${stored.digest}`
      throw new ActionError('rejected', what, {
        hint: 'Set if-exists: reuse to take an image of the same commit and inputs.',
      })
    }
    case 'build':
    case 'rebuild':
      await refuseOthersForGood(plan, found, registry, taken)
      return undefined
    case 'reuse': {
      const images = await compared(plan, found, registry, taken)
      refuseTaken(plan, found, earliest.stored)
      const image = images.get(earliest.stored.digest)
      return image && { image, tag: earliest.planned.tag }
    }
  }
}

/** A build ends well under an immutable tag only if its image turns out the same, which one of other inputs cannot. */
async function refuseOthersForGood(
  plan: Plan,
  found: Found,
  registry: Registry,
  taken: readonly Taken[],
): Promise<void> {
  const forGood = taken.filter(({ planned }) => isImmutable(found.repository, planned.tag))
  await compared(plan, found, registry, forGood)
  const [one] = forGood.length === 0 ? taken : forGood
  if (found.ifExists === 'build' && one !== undefined) tellBuild(plan, one, forGood.length > 0)
}

function tellBuild(
  { inputs, log, repository, source }: Plan,
  { planned: { tag } }: Taken,
  forGood: boolean,
): void {
  const remedy =
    source.folder === undefined
      ? 'An image is reused where the URL of the context is that of a git repository and names a full commit (#COMMIT).'
      : `An image is reused where context (${inputs.context}) is in a git checkout, and file is no URL.`
  const why = 'because no commit says whether it is of the same files'
  const where = `${repository.name}:${tag}`
  if (forGood)
    log.warning(
      `${where} is immutable and is built anew, ${why}: unless the image turns out the same, it will be refused\n${remedy}`,
    )
  else log.notice(`${where} is built anew, ${why}\n${remedy}`)
}

function takenTags({ tags }: Plan, { existing }: Found): Taken[] {
  return tags.tags.flatMap((planned) => {
    const stored = planned.moving ? undefined : existing.get(planned.tag)
    return stored === undefined ? [] : [{ planned, stored }]
  })
}

/** Reads the images, by digest; throws when one of them is another one than would be built. */
async function compared(
  plan: Plan,
  found: Found,
  registry: Registry,
  taken: readonly Taken[],
): Promise<ReadonlyMap<string, ReadImage>> {
  const distinct = new Map(taken.map(({ stored }) => [stored.digest, stored]))
  const read = await Promise.all([...distinct.values()].map((stored) => readImage(registry, stored)))
  const images = new Map(read.map((image) => [image.stored.digest, image]))
  const wanted = ownLabels(plan, found)
  for (const { planned, stored } of taken) {
    const image = images.get(stored.digest)
    if (image === undefined) continue
    const differing = [
      ...differences(wanted, image.labels),
      ...otherPlatform(plan, found, image),
      ...otherLabels(plan, found, image),
    ]
    if (differing.length === 0) continue
    const where = `${plan.repository.name}:${planned.tag}`
    const what = `${where} exists and is another image than asked for: ${differing.join(', ')}`
    throw new ActionError('rejected', what, {
      hint: remedyFor(plan, found, planned, image.labels),
    })
  }
  return images
}

/** Without the input the builder decides, and another runner may have built for its own. Variants are left out of it. */
function otherPlatform(plan: Plan, { builder }: Found, { platforms }: ReadImage): string[] {
  const short = (platform: string) => platform.split('/').slice(0, 2).join('/')
  if (platformsOf(plan) !== undefined || builder.platform === undefined) return []
  const here = short(builder.platform)
  if (platforms.some(({ platform }) => short(platform) === here)) return []
  return [`it is for ${platforms.map(({ platform }) => platform).join(' and ')}, not ${here}`]
}

/** They are no reason not to reuse an image, but another image is built with them, and an immutable tag does not take that. */
function otherLabels(plan: Plan, found: Found, { labels }: ReadImage): string[] {
  const differing = found.ifExists === 'reuse' ? [] : differingLabels(plan, found, labels)
  if (differing.length === 0) return []
  return [`${differing.length === 1 ? 'another label' : 'other labels'} ${enumerated(differing)}`]
}

function refuseTaken(plan: Plan, { repository, existing }: Found, stored: StoredImage): void {
  if (repository === undefined) return
  refuseTakenTags({ repository: repository.name, rule: repository, tags: plan.tags.tags, existing }, stored)
}
