import { isDeepStrictEqual } from 'node:util'
import { isJsonObjectList, parseJsonObject } from '@ecs-release/core'

/** What of a new repository expires. */
export interface Lifecycle {
  /** As Amazon ECR takes it. */
  policy: string
  /** In words, as what the repository does. */
  meaning: string
}

/** What lost its tags goes after a day, and so does all beyond the newest images. */
export function newestImages(keep: number): Lifecycle {
  const newest = { countType: 'imageCountMoreThan', countNumber: keep }
  return {
    policy: rules({ description: `The newest ${keep} images are kept`, ...newest }),
    meaning: `keeps ${keep} images`,
  }
}

const DAYS = 90

/**
 * A cache is written when it changes, and that of the default branch changes least: by their number, those of other branches would take
 * its place. An age ends the caches of branches that are gone, and costs a quiet branch one full build.
 */
export const YOUNG_CACHES: Lifecycle = {
  policy: rules({
    description: `Caches expire ${DAYS} days after they were written`,
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: DAYS,
  }),
  meaning: `keeps caches for ${DAYS} days`,
}

interface TaggedRule {
  description: string
  countType: string
  countUnit?: string
  countNumber: number
}

function rules({ description, ...count }: TaggedRule): string {
  const action = { type: 'expire' }
  const untagged = { countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1 }
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: 'Images without tags expire after a day',
        selection: { tagStatus: 'untagged', ...untagged },
        action,
      },
      {
        rulePriority: 2,
        description,
        selection: { tagStatus: 'tagged', tagPatternList: ['*'], ...count },
        action,
      },
    ],
  })
}

/** How the policy of an existing repository differs from that of a new one, as a sentence; what the rules are called does not count. */
export function lifecycleDrift(policy: string | undefined, keep: number): string[] {
  if (policy === undefined) return [`it has no lifecycle policy, the input lifecycle-keep says ${keep}`]
  if (isDeepStrictEqual(rulesOf(policy), rulesOf(newestImages(keep).policy))) return []
  return [`its lifecycle policy is another one than that of lifecycle-keep ${keep}`]
}

function rulesOf(policy: string): object | undefined {
  const rules = parseJsonObject(policy)?.rules
  if (!isJsonObjectList(rules)) return undefined
  return rules
    .map(({ description, ...rule }) => rule)
    .toSorted((a, b) => Number(a.rulePriority) - Number(b.rulePriority))
}
