import { enumerated } from './enumeration.ts'
import type { Found } from './look.ts'
import { CREATED } from './newer.ts'
import type { Plan } from './plan.ts'
import { isImmutable } from './repository/mutability.ts'
import { differingLabels } from './request.ts'

/** Tells what of the inputs had no effect, because an image with these labels is taken as it is. */
export function tellReuse(plan: Plan, found: Found, theirs: Readonly<Record<string, string>>): void {
  tellLabels(plan, found, theirs)
  tellUnbuilt(plan, found)
}

function tellLabels(plan: Plan, found: Found, theirs: Readonly<Record<string, string>>): void {
  // Who has docker/metadata-action make the labels gives each run another time.
  const differing = differingLabels(plan, found, theirs).filter((name) => name !== CREATED)
  if (differing.length === 0) return
  const remedy = `For those of this run, ${anew(plan, found)}.`
  plan.log.notice(
    `The image of this commit is reused with the labels of the build before, so that ${enumerated(differing)} had no effect\n${remedy}`,
  )
}

/** Who asked for newer base images gets none. */
function tellUnbuilt(plan: Plan, found: Found): void {
  const { inputs, log } = plan
  const asked = [...(inputs.pull ? ['pull'] : []), ...(inputs.noCache ? ['no-cache'] : [])]
  if (asked.length === 0) return
  log.notice(
    `The image of this commit is reused, so that ${asked.join(' and ')} had no effect\nFor newer base images, ${anew(plan, found)}.`,
  )
}

/** What works: an immutable tag cannot be built anew. */
function anew({ tags }: Plan, { repository }: Found): string {
  return isImmutable(repository, tags.first)
    ? 'build a new commit, because the tags of this one are immutable'
    : 'set if-exists: rebuild, or build a new commit'
}
