import type { Repository } from '../images/repositories.ts'
import type { EcrWorld } from './world.ts'

/**
 * For how long reads of Amazon ECR can miss what was just written, in real milliseconds: a short "not found" after a push was seen
 * (aws-model.md 3.3), how long is assumed. What is written meanwhile is checked against what is really there.
 */
export interface EcrConsistency {
  /** An image or a tag in BatchGetImage and in GET and HEAD of a manifest; a tag that moved names what it named before. */
  images: number
  /** A new repository on `/v2`. */
  repositories: number
}

export const immediate: EcrConsistency = { images: 0, repositories: 0 }

/** A repository as a read finds it now. */
export function asRead({ clock, consistency, records }: EcrWorld, repository: Repository): Repository {
  if (consistency.images === 0) return repository
  const { appeared, retagged } = records.of(repository)
  const isYoung = (at: number | undefined): boolean =>
    at !== undefined && clock.now() - at < consistency.images
  const manifests = new Map([...repository.manifests].filter(([digest]) => !isYoung(appeared.get(digest))))
  const tags = new Map(
    [...repository.tags].flatMap(([tag, digest]): [string, string][] => {
      const moved = retagged.get(tag)
      const named = isYoung(moved?.at) ? moved?.before : digest
      return named === undefined ? [] : [[tag, named]]
    }),
  )
  return { ...repository, manifests, tags }
}

/** Whether the registry API does not know the repository yet. */
export function isUnknownYet({ clock, consistency, records }: EcrWorld, repository: Repository): boolean {
  const { createdByCall } = records.of(repository)
  return createdByCall !== undefined && clock.now() - createdByCall < consistency.repositories
}
