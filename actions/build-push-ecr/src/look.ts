import {
  ActionError,
  awsErrorName,
  batchGetImage,
  describeRepository,
  getLifecyclePolicy,
  parseManifest,
  type RepositoryId,
  type StoredImage,
} from '@ecs-release/core'
import { cacheTags } from './cache.ts'
import type { Builder } from './docker/builder.ts'
import type { Inputs } from './inputs.ts'
import type { Plan } from './plan.ts'
import type { FoundRepository } from './repository/create.ts'
import { type SourceCommit, sourceCommit } from './source/commit.ts'

/** What there is already. */
export interface Found extends FoundInAws {
  builder: Builder
  checkout: SourceCommit
  ifExists: IfExists
}

/** What to do when a fixed tag exists. `build` is where reuse was asked for, and nobody can tell an image of these files from another. */
export type IfExists = Inputs['ifExists'] | 'build'

/** Whether an image is built though a fixed tag exists. */
export function buildsAnew(ifExists: IfExists): boolean {
  return ifExists === 'build' || ifExists === 'rebuild'
}

interface FoundInAws {
  /** undefined where there is none, or Amazon ECR was not asked or did not answer. */
  repository: FoundRepository | undefined
  /** Those of the planned tags that exist, by tag. */
  existing: ReadonlyMap<string, StoredImage>
  cache: CacheState
}

/** Of the repository for the cache. `unknown` is where nobody asked, or the credentials may not look. */
export type CacheState = 'unknown' | 'no repository' | { tags: ReadonlyMap<string, HeldLayers> }

/** The digests of the layers that a cache holds. */
export type HeldLayers = ReadonlySet<string>

/** Asks AWS, Docker and git at the same time. */
export async function look(plan: Plan, inspected: Promise<Builder>): Promise<Found> {
  const { inputs } = plan
  const [inAws, builder, checkout] = await Promise.all([
    lookInAws(plan),
    inspected,
    sourceCommit(plan),
    // Asked for now, because the push needs it.
    inputs.push && !inputs.dryRun ? plan.keeper.login() : undefined,
  ])
  const unknown = inputs.ifExists === 'reuse' && checkout.commit === undefined
  return { ...inAws, builder, checkout, ifExists: unknown ? 'build' : inputs.ifExists }
}

const UNKNOWN = { kind: 'unknown' } as const
const NOTHING: FoundInAws = { repository: undefined, existing: new Map(), cache: 'unknown' }

/** A build that pushes nothing can do without AWS, as those of a fork's pull request must. */
async function lookInAws(plan: Plan): Promise<FoundInAws> {
  if (!plan.asksAws) return NOTHING
  try {
    const [repository, existing, cache] = await Promise.all([
      foundRepository(plan),
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

async function foundRepository(plan: Plan): Promise<FoundRepository | undefined> {
  const { clients, repository, inputs } = plan
  const [described, lifecycle] = await Promise.all([
    describeRepository(clients.ecr, repository),
    // Only who may create it has a wish that the policy can differ from.
    inputs.createRepository && inputs.push ? lifecycleOf(plan) : UNKNOWN,
  ])
  return described && { ...described, lifecycle }
}

async function lifecycleOf({ clients, repository }: Plan): Promise<FoundRepository['lifecycle']> {
  try {
    return { kind: 'known', policy: await getLifecyclePolicy(clients.ecr, repository) }
  } catch {
    // It decides nothing: a repository that exists is left as it is.
    return UNKNOWN
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
    if (images === undefined) return 'no repository'
    return { tags: new Map([...images].map(([tag, image]) => [tag, heldBy(image)])) }
  } catch {
    // Whoever may push the image need not be allowed to look here; the cache is tried then, and its failure is none of the build's.
    return 'unknown'
  }
}

/** A cache is stored as an image of all its layers. Source: BuildKit, "Registry cache", image-manifest=true. */
function heldBy({ manifest }: StoredImage): HeldLayers {
  const parsed = parseManifest(manifest)
  return new Set(parsed?.kind === 'image' ? parsed.layers.map(({ digest }) => digest) : [])
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
