import {
  ActionError,
  allowed,
  awsErrorName,
  batchGetImage,
  describeRepository,
  type EcrRepository,
  ORDINARY,
  type StoredImage,
} from '@ecs-release/core'
import { inspectBuilder } from './docker/build.ts'
import type { Builder } from './docker/builder.ts'
import { type Checkout, checkedOut } from './git.ts'
import type { Plan } from './plan.ts'

/** What there is already. */
export interface Found {
  repository: EcrRepository | undefined
  /** undefined where the credentials may not look. */
  cacheExists: boolean | undefined
  /** Those of the planned tags that exist, by tag. */
  existing: ReadonlyMap<string, StoredImage>
  builder: Builder
  checkout: Checkout | undefined
}

/** Asks AWS, Docker and git at the same time. */
export async function look(plan: Plan): Promise<Found> {
  const { inputs, env, signal } = plan
  const docker = { env: allowed(env, [...ORDINARY, 'DOCKER_*', 'BUILDX_*', 'BUILDKIT_*']), signal }
  const [repository, existing, cacheExists, builder, checkout] = await Promise.all([
    ifPushed(plan, () => describeRepository(plan.clients.ecr, plan.repository), undefined),
    ifPushed(plan, () => existingTags(plan), new Map()),
    inputs.cache === 'registry' ? cacheRepositoryExists(plan) : undefined,
    inspectBuilder(docker),
    checkedOut(env.GITHUB_WORKSPACE || '.', env, signal),
    // Asked for now, because reading a stored image and pushing both need it.
    inputs.push && !inputs.dryRun ? plan.keeper.login() : undefined,
  ])
  return { repository, existing, cacheExists, builder, checkout }
}

/** A build that pushes nothing can do without AWS, as those of a fork's pull request must. */
async function ifPushed<T>({ inputs, log }: Plan, ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (inputs.push || !(error instanceof ActionError)) throw error
    log.info(`Goes on without Amazon ECR: ${error.message}`)
    return otherwise
  }
}

async function existingTags({ clients, repository, tags }: Plan): Promise<ReadonlyMap<string, StoredImage>> {
  try {
    const images = await batchGetImage(
      clients.ecr,
      repository,
      tags.tags.map(({ tag }) => ({ tag })),
    )
    return new Map(images.flatMap((image) => (image.tag === undefined ? [] : [[image.tag, image]])))
  } catch (error) {
    if (awsErrorName(error) === 'RepositoryNotFoundException') return new Map()
    throw error
  }
}

async function cacheRepositoryExists({ clients, cacheRepository }: Plan): Promise<boolean | undefined> {
  try {
    return (await describeRepository(clients.ecr, cacheRepository)) !== undefined
  } catch {
    // Whoever may push the image need not be allowed to look here; the cache is tried then, and its failure is none of the build's.
    return undefined
  }
}
