import { enumerated } from './enumeration.ts'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { knownTime } from './request.ts'

/**
 * These check out the pull request's merge with the base, which is as it should be; pull_request_target and workflow_run check out the
 * default branch. Source: GitHub, "Events that trigger workflows".
 */
const CHECKS_OUT_MERGE = /^pull_request(_review(_comment)?)?$/

/** The files are of another commit than the run is about, and not by GitHub's own doing. */
export function isOtherCommit(
  { env, facts }: Pick<Plan, 'env' | 'facts'>,
  { checkout }: Pick<Found, 'checkout'>,
): boolean {
  if (facts.commit === undefined || checkout.commit === undefined) return false
  const merge = CHECKS_OUT_MERGE.test(facts.event) ? env.GITHUB_SHA : undefined
  return checkout.commit !== facts.commit && checkout.commit !== merge
}

/** Tags that do not change with the files cannot be set again once these have changed. */
export const OWN_TAG = `tags: raw=\${{ github.sha }}-COMMIT, where COMMIT is the commit of the context (the output commit of its actions/checkout)`

/** Warns of what the commits of this step leave open, before it is built. */
export function tellCommit(plan: Plan, found: Found): void {
  const { facts, inputs, log, tags } = plan
  const { commit } = found.checkout
  const named = tags.tags.some(({ strategy }) => strategy === 'branch-sha' || strategy === 'sha')
  if (named && isOtherCommit(plan, found)) {
    const is =
      inputs.context === '.'
        ? `${commit} is checked out`
        : `the context is of ${commit}\nName both in place of branch-sha and sha: ${OWN_TAG}.`
    log.warning(`The tags name the commit ${facts.commit}, and ${is}`)
  }
  const moving = tags.tags.filter(({ strategy }) => strategy === 'branch' || strategy === 'latest')
  if (!inputs.push || moving.length === 0 || knownTime(plan, found) !== undefined) return
  const names = enumerated(moving.map(({ tag }) => tag))
  log.warning(
    `No time of a commit is known here, so that ${names} move to this image even from one of a newer commit\nHave actions/checkout make a git checkout (in a container job, of an image that has git), or set SOURCE_DATE_EPOCH.`,
  )
}
