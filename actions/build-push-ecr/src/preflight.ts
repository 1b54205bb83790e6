import { ActionError, type StoredImage } from '@ecs-release/core'
import { enumerated } from './enumeration.ts'
import { isImmutable, type MutabilityRule } from './repository/mutability.ts'
import type { PlannedTag } from './tags/plan.ts'

export interface PreflightFacts {
  repository: string
  rule: MutabilityRule
  tags: readonly PlannedTag[]
  /** By tag, those that exist. */
  existing: ReadonlyMap<string, StoredImage>
}

/**
 * Refuses, before anything is built, tags that could not be set in the end. Throws `rejected` with both remedies. A run number is
 * refused only where it is taken, or where no tag can ever move.
 */
export function refuseImmovableTags({ repository, rule, tags, existing }: PreflightFacts): void {
  const blocked = tags.filter(
    ({ tag, moving, strategy }) =>
      moving &&
      isImmutable(rule, tag) &&
      (strategy !== 'run-number' || existing.has(tag) || rule.mutability === 'IMMUTABLE'),
  )
  if (blocked.length === 0) return
  const names = enumerated(blocked.map(({ tag }) => tag))
  const strategies = enumerated(blocked.map(({ strategy }) => strategy))
  const they = blocked.length === 1 ? 'it moves' : 'they move'
  throw new ActionError(
    'rejected',
    `tags: ${names} cannot be set in ${repository}, whose tags are immutable (${rule.mutability}): ${they} from image to image`,
    {
      hint: `Leave ${strategies} out of tags, or give the repository IMMUTABLE_WITH_EXCLUSION with filters for ${names}.`,
    },
  )
}

/** A digest that all fixed tags have, or undefined. Throws when another image holds one of them for good. */
export function refuseTakenTags(facts: PreflightFacts, image: StoredImage): void {
  const taken = facts.tags.filter(
    ({ tag }) =>
      isImmutable(facts.rule, tag) && (facts.existing.get(tag)?.digest ?? image.digest) !== image.digest,
  )
  if (taken.length === 0) return
  const names = enumerated(taken.map(({ tag }) => tag))
  throw new ActionError(
    'rejected',
    `tags: ${names} in ${facts.repository} cannot be moved to ${image.digest}: immutable, and on another image`,
    { hint: `Leave ${names} out of tags, or exclude it from the immutability of the repository.` },
  )
}
