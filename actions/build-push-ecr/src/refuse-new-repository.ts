import { ActionError } from '@ecs-release/core'
import { enumerated } from './enumeration.ts'
import type { RepositoryWish } from './repository/create.ts'
import { isImmutable } from './repository/mutability.ts'
import type { PlannedTag } from './tags/plan.ts'

/** Refuses to create a repository in which the tags of this very run could never move. The remedy is one of the inputs that made it so. */
export function refuseNewRepository(
  name: string,
  { mutability, mutableTags }: RepositoryWish,
  tags: readonly PlannedTag[],
): void {
  const rule = { mutability, exclusions: mutableTags }
  // A number that names one run is free in a new repository, so it matters only where nothing may ever move.
  const blocked = tags.filter(
    ({ tag, moving, strategy }) =>
      moving && isImmutable(rule, tag) && (strategy !== 'run-number' || mutability === 'IMMUTABLE'),
  )
  if (blocked.length === 0) return
  const names = blocked.filter(({ strategy }) => strategy !== 'run-number').map(({ tag }) => tag)
  const filters = JSON.stringify([...new Set([...mutableTags, ...names])].join('\n'))
  const other = mutability === 'IMMUTABLE' ? 'tag-mutability: IMMUTABLE_WITH_EXCLUSION and ' : ''
  const strategies = enumerated(blocked.map(({ strategy }) => strategy))
  const rules =
    mutability === 'IMMUTABLE' ? mutability : `${mutability}, mutable-tags ${mutableTags.join(' ')}`
  throw new ActionError(
    'invalid-input',
    `tags: ${enumerated(blocked.map(({ tag }) => tag))} could not move in the new repository ${name} (${rules})`,
    { hint: `Set ${other}mutable-tags: ${filters}, or leave ${strategies} out of tags.` },
  )
}
