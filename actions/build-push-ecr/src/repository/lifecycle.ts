import { isDeepStrictEqual } from 'node:util'
import { isJsonObjectList, parseJsonObject } from '@ecs-release/core'

/** The rules of a new repository: what lost its tags goes after a day, and so does all beyond the newest `keep` images. */
export function lifecyclePolicy(keep: number): string {
  const expire = { type: 'expire' } as const
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: 'Images without tags expire after a day',
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: 1,
        },
        action: expire,
      },
      {
        rulePriority: 2,
        description: `The newest ${keep} images are kept`,
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['*'],
          countType: 'imageCountMoreThan',
          countNumber: keep,
        },
        action: expire,
      },
    ],
  })
}

/** How the policy of an existing repository differs from that of a new one, as a sentence; what the rules are called does not count. */
export function lifecycleDrift(policy: string | undefined, keep: number): string[] {
  if (policy === undefined) return [`it has no lifecycle policy, the input lifecycle-keep says ${keep}`]
  if (isDeepStrictEqual(rulesOf(policy), rulesOf(lifecyclePolicy(keep)))) return []
  return [`its lifecycle policy is another one than that of lifecycle-keep ${keep}`]
}

function rulesOf(policy: string): object | undefined {
  const rules = parseJsonObject(policy)?.rules
  if (!isJsonObjectList(rules)) return undefined
  return rules
    .map(({ description, ...rule }) => rule)
    .toSorted((a, b) => Number(a.rulePriority) - Number(b.rulePriority))
}
