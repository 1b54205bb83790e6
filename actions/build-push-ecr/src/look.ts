import {
  ActionError,
  awsErrorName,
  batchGetImage,
  describeRepository,
  type EcrRepository,
  type RepositoryId,
  type StoredImage,
} from '@ecs-release/core'
import { cacheTags } from './cache.ts'
import type { Builder } from './docker/builder.ts'
import { type Checkout, checkedOut } from './git.ts'
import type { Plan } from './plan.ts'

/** What there is already. */
export interface Found extends FoundInAws {
  builder: Builder
  checkout: Checkout | undefined
}

interface FoundInAws {
  /** undefined where there is none, or Amazon ECR was not asked or did not answer. */
  repository: EcrRepository | undefined
  /** Those of the planned tags that exist, by tag. */
  existing: ReadonlyMap<string, StoredImage>
  cache: CacheState
}

/** Of the repository for the cache. `unknown` is where nobody asked, or the credentials may not look. */
export type CacheState = 'unknown' | 'no repository' | { tags: ReadonlySet<string> }

/** Asks AWS, Docker and git at the same time. */
export async function look(plan: Plan, inspected: Promise<Builder>): Promise<Found> {
  const { inputs, env, signal } = plan
  const [inAws, builder, checkout] = await Promise.all([
    lookInAws(plan),
    inspected,
    checkedOut(env.GITHUB_WORKSPACE || '.', env, signal),
    // Asked for now, because reading a stored image and pushing both need it.
    inputs.push && !inputs.dryRun ? plan.keeper.login() : undefined,
  ])
  return { ...inAws, builder, checkout }
}

const NOTHING: FoundInAws = { repository: undefined, existing: new Map(), cache: 'unknown' }

/** A build that pushes nothing can do without AWS, as those of a fork's pull request must. */
async function lookInAws(plan: Plan): Promise<FoundInAws> {
  if (!plan.asksAws) return NOTHING
  try {
    const [repository, existing, cache] = await Promise.all([
      describeRepository(plan.clients.ecr, plan.repository),
      existingTags(plan),
      cacheState(plan),
    ])
    return { repository, existing, cache }
  } catch (error) {
    if (plan.inputs.push || !(error instanceof ActionError)) throw error
    plan.log.info(`Goes on without Amazon ECR: ${error.message}`)
    return NOTHING
  }
}

async function existingTags(plan: Plan): Promise<ReadonlyMap<string, StoredImage>> {
  const wanted = plan.tags.tags.map(({ tag }) => tag)
  return (await imagesOf(plan, plan.repository, wanted)) ?? new Map()
}

async function cacheState(plan: Plan): Promise<CacheState> {
  const wanted = cacheTags(plan.facts)
  if (plan.inputs.cache !== 'registry' || wanted.length === 0) return 'unknown'
  try {
    const images = await imagesOf(plan, plan.cacheRepository, wanted)
    return images === undefined ? 'no repository' : { tags: new Set(images.keys()) }
  } catch {
    // Whoever may push the image need not be allowed to look here; the cache is tried then, and its failure is none of the build's.
    return 'unknown'
  }
}

/** undefined when there is no such repository. */
export async function imagesOf(
  { clients }: Plan,
  repository: RepositoryId,
  tags: readonly string[],
): Promise<ReadonlyMap<string, StoredImage> | undefined> {
  try {
    const images = await batchGetImage(
      clients.ecr,
      repository,
      tags.map((tag) => ({ tag })),
    )
    return new Map(images.flatMap((image) => (image.tag === undefined ? [] : [[image.tag, image]])))
  } catch (error) {
    if (awsErrorName(error) === 'RepositoryNotFoundException') return undefined
    throw error
  }
}
