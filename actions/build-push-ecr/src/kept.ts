import { ActionError, type StoredImage } from '@ecs-release/core'
import type { Registry } from './configuration.ts'
import { comesBefore } from './git.ts'
import { CHECKED_OUT, REVISION } from './identity.ts'
import { buildsAnew, type Found } from './look.ts'
import { CREATED, newerBy } from './newer.ts'
import type { Obtained } from './obtained.ts'
import type { Plan } from './plan.ts'
import { isImmutable } from './repository/mutability.ts'
import { readImage } from './stored-image.ts'
import type { PlannedTag } from './tags/plan.ts'

/**
 * The fixed tags that name another image and go on to do so. Those that did when the step began name one of the same commit and inputs,
 * or nothing would have been built. One that another job has set meanwhile is told of; where it is immutable, AWS refuses it.
 */
export function keptFixed(
  { log }: Pick<Plan, 'log'>,
  { repository: rule, ifExists }: Pick<Found, 'repository' | 'ifExists'>,
  { before, now, stored }: Pick<Obtained, 'before' | 'now' | 'stored'>,
  fixed: readonly PlannedTag[],
): PlannedTag[] {
  if (buildsAnew(ifExists)) return []
  return fixed.filter(({ tag }) => {
    const named = now.get(tag)?.digest
    if (named === undefined || named === stored.digest) return false
    if (before.get(tag)?.digest === named) {
      log.info(`The tag ${tag} stays on ${named}, an image of the same commit and inputs`)
      return true
    }
    if (isImmutable(rule, tag)) return false
    log.warning(
      `The tag ${tag} stays on ${named}, to which another job has given it meanwhile\nA fixed tag names one image: build a commit in one job, or leave ${tag} out of the tags of the others.`,
    )
    return true
  })
}

/**
 * The tags that name an image of a newer commit than ours, as when an old run is run again, or an older build ends later. A run number
 * is of this run, whatever had it before.
 */
export async function keptMoving(
  { env, log, signal }: Pick<Plan, 'env' | 'log' | 'signal'>,
  { checkout: { clone } }: Pick<Found, 'checkout'>,
  registry: Registry,
  { now, stored, labels }: Pick<Obtained, 'now' | 'stored' | 'labels'>,
  moving: readonly PlannedTag[],
): Promise<PlannedTag[]> {
  const asked = moving.filter(({ strategy }) => strategy !== 'run-number')
  const others = asked
    .flatMap(({ tag }) => now.get(tag) ?? [])
    .filter(({ digest }) => digest !== stored.digest)
  const distinct = [...new Map(others.map((image) => [image.digest, image])).values()]
  const inClone = (earlier: string, later: string) => comesBefore(earlier, later, clone, { env, signal })
  const newer = new Map(
    await Promise.all(
      distinct.map(async (image) => {
        const theirs = await labelsOf(registry, image)
        const by = theirs && (await newerBy(theirs, labels, inClone))
        return [image.digest, theirs && by && WHY_NEWER[by](commitOf(theirs), commitOf(labels))] as const
      }),
    ),
  )
  return asked.filter(({ tag }) => {
    const digest = now.get(tag)?.digest ?? ''
    const why = newer.get(digest)
    if (why !== undefined) log.warning(`The tag ${tag} stays on ${digest}: ${why}`)
    return why !== undefined
  })
}

const BACK = 'To go back on purpose, revert in a new commit.'
const WHY_NEWER = {
  git: (theirs: string, ours: string) =>
    `its commit ${theirs} comes after ${ours} in the history of the branch\n${BACK}`,
  time: (theirs: string, ours: string) =>
    `its commit ${theirs} bears a later time than ${ours}, and the clone does not show which of them comes first\nWhere the times are wrong, have actions/checkout fetch the history (fetch-depth: 0), which decides then. ${BACK}`,
} as const

/** An image that nobody can read, or that is no container image, does not hold a tag. */
async function labelsOf(registry: Registry, image: StoredImage): Promise<Obtained['labels'] | undefined> {
  try {
    return (await readImage(registry, image)).labels
  } catch (error) {
    if (error instanceof ActionError) return undefined
    throw error
  }
}

/** `467d8df of 2026-01-31T12:00:00.000Z`: the commit whose files were built, which is what was compared. */
function commitOf(labels: Obtained['labels']): string {
  return `${(labels[CHECKED_OUT] ?? labels[REVISION])?.slice(0, 7) ?? 'unknown'} of ${labels[CREATED]}`
}
