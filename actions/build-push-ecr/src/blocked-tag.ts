import { type ActionError, awsErrorName, type Finding, finding, tagBlocked } from '@ecs-release/core'
import type { Plan } from './plan.ts'

/** Why an image that is in the repository has not got all of its tags. */
export interface Failure {
  message: string
  hint: string | undefined
  finding: Finding | undefined
}

/** `under` is the tag by which the image is there. */
export function blockedTag(
  plan: Plan,
  under: string,
  { tag, error }: { tag: string; error: ActionError },
): Failure {
  const { cases } = tagBlocked
  const { strategy = 'raw', moving = false } = plan.tags.tags.find((planned) => planned.tag === tag) ?? {}
  const values = { tag, repository: plan.repository.name, line: strategy === 'raw' ? `raw=${tag}` : strategy }
  const outcome = `the image is there as ${under}`
  if (awsErrorName(error) !== 'ImageTagAlreadyExistsException') {
    const other = finding(tagBlocked, cases.other, { ...values, reason: error.message }, [error.message])
    return failureOf({ ...other, remedy: error.hint ?? other.remedy }, outcome)
  }
  // Excluding a name from immutability is of use only when it stays the same from run to run.
  const stays = moving && strategy !== 'run-number'
  const blocked = finding(tagBlocked, stays ? cases.moving : cases.fixed, values, [error.message])
  return failureOf(blocked, outcome)
}

/** `outcome` says what that leaves the repository with. */
export function failureOf(found: Finding, outcome: string): Failure {
  return { message: `${found.cause}; ${outcome}`, hint: found.remedy, finding: found }
}
