import { TAKEN } from './docker/failure.ts'
import { CHECKED_OUT, isOtherCheckout } from './identity.ts'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { inputFor } from './preflight.ts'
import { isImmutable } from './repository/mutability.ts'
import { ownLabels } from './request.ts'
import type { PlannedTag } from './tags/plan.ts'
import { isOtherCommit, OWN_TAG } from './tell-commit.ts'

type Labels = Readonly<Record<string, string>>

/** What to do about a fixed tag that names another image, which has these labels. */
export function remedyFor(plan: Plan, found: Found, taken: PlannedTag, theirs: Labels): string {
  return taken.tag === plan.tags.first
    ? hintForFirst(plan, found, theirs)
    : hintForOther(plan, found, taken.tag)
}

/** Advice that works: where tags are immutable, nothing can be rebuilt under one that exists. */
function hintForFirst(plan: Plan, found: Found, theirs: Labels): string {
  const otherCheckout = isOtherCheckout(ownLabels(plan, found), theirs)
  if (otherCheckout && found.ifExists === 'build') return TAKEN.build
  const { tags, facts, inputs } = plan
  const { repository } = found
  const own = `raw=${(inputs.target ?? 'other').replace(/[^A-Za-z0-9_.-]/g, '-')}-${facts.commit?.slice(0, 7) ?? 'TEXT'}`
  const immutable = isImmutable(repository, tags.first)
  const foreign = otherCheckout && isOtherCommit(plan, found)
  const ownTag = `give this build a tag of its own in place of branch-sha and sha: ${foreign ? OWN_TAG : `tags: ${own}`}`
  const remedy = immutable ? ownTag : `${ownTag}, or have it replaced: if-exists: rebuild`
  const bothKnown = found.checkout.commit !== undefined && theirs[CHECKED_OUT] !== undefined
  if (!otherCheckout || foreign || !bothKnown) return `${remedy.replace(/^g/, 'G')}.`
  return `A pull request is built from its merge with the base: give actions/checkout ref: \${{ github.event.pull_request.head.sha }}, or ${remedy}.`
}

function hintForOther({ tags }: Plan, { repository }: Found, taken: string): string {
  const without = `Set ${inputFor(tags.tags.filter(({ tag }) => tag !== taken))}, which leaves out ${taken}`
  return isImmutable(repository, taken) ? `${without}.` : `${without}, or have it moved: if-exists: rebuild.`
}
