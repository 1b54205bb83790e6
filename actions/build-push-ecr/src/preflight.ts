import { ActionError, type StoredImage } from '@ecs-release/core'
import { enumerated } from './enumeration.ts'
import { buildsAnew, type IfExists } from './look.ts'
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
 * Refuses, before anything is built, tags that could not be set in the end. Throws `rejected` with a remedy to copy. A run number is
 * refused only where an image has it that no fixed tag names, or where no tag can ever move: when all jobs of a run are run again it
 * is on the very image that is reused, or that a build must yield again because a fixed tag holds it for good.
 */
export function refuseImmovableTags(
  { repository, rule, tags, existing }: PreflightFacts,
  ifExists: IfExists,
): void {
  const stays = tags.filter(({ tag, moving }) => !moving && (!buildsAnew(ifExists) || isImmutable(rule, tag)))
  const fixed = new Set(stays.map(({ tag }) => existing.get(tag)?.digest))
  const ours = (tag: string) => !existing.has(tag) || fixed.has(existing.get(tag)?.digest)
  const blocked = tags.filter(
    ({ tag, moving, strategy }) =>
      moving &&
      isImmutable(rule, tag) &&
      (strategy !== 'run-number' || !ours(tag) || rule.mutability === 'IMMUTABLE'),
  )
  if (blocked.length === 0) return
  const they = blocked.length === 1 ? 'it moves' : 'they move'
  throw new ActionError(
    'rejected',
    `tags: ${namesOf(blocked)} cannot be set in ${repository}, whose tags are immutable (${rule.mutability}): ${they} from image to image`,
    { hint: movingRemedy(tags, blocked) },
  )
}

/** In one line of YAML, and the other way only for names that stay the same: each run has another number. */
function movingRemedy(tags: readonly PlannedTag[], blocked: readonly PlannedTag[]): string {
  const kept = tags.filter((tag) => !blocked.includes(tag))
  const fewer = `Set ${inputFor(kept)}`
  const named = blocked.filter(({ strategy }) => strategy !== 'run-number')
  if (named.length === 0) return `${fewer}: a number names one run, and this one is taken.`
  const without = named.length === blocked.length ? '' : ' and leave run-number out of tags'
  return `${fewer}, or let ${namesOf(named)} move: give the repository IMMUTABLE_WITH_EXCLUSION with filters for ${namesOf(named)}${without}.`
}

/** `tags: "branch-sha\nsha"` */
export function inputFor(tags: readonly PlannedTag[]): string {
  const lines = tags.map(({ strategy, tag }) => (strategy === 'raw' ? `raw=${tag}` : strategy))
  return lines.length === 1 ? `tags: ${lines.join('')}` : `tags: "${lines.join('\\n')}"`
}

/**
 * Throws when another image than the one that is reused holds a moving tag for good. A fixed one that does is known to be an image of the
 * same commit and inputs.
 */
export function refuseTakenTags(facts: PreflightFacts, image: StoredImage): void {
  const taken = facts.tags.filter(
    ({ tag, moving }) =>
      moving &&
      isImmutable(facts.rule, tag) &&
      (facts.existing.get(tag)?.digest ?? image.digest) !== image.digest,
  )
  if (taken.length === 0) return
  const names = namesOf(taken)
  throw new ActionError(
    'rejected',
    `tags: ${names} in ${facts.repository} cannot be moved to ${image.digest}: immutable, and on another image`,
    { hint: `Set ${inputFor(facts.tags.filter((tag) => !taken.includes(tag)))}, which leaves out ${names}.` },
  )
}

function namesOf(tags: readonly PlannedTag[]): string {
  return enumerated(tags.map(({ tag }) => tag))
}
