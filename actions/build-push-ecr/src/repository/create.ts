import {
  ActionError,
  type AwsClients,
  type Clock,
  createRepository,
  describeRepository,
  type EcrRepository,
  type Environment,
  type Log,
  type NewRepository,
  putLifecyclePolicy,
  type RepositoryId,
  type TagMutability,
} from '@ecs-release/core'
import type { Inputs } from '../inputs.ts'
import { type Lifecycle, lifecycleDrift, newestImages } from './lifecycle.ts'

/** What a repository is to be like that this step creates. */
export interface RepositoryWish {
  mutability: TagMutability
  /** Patterns of tags that may move all the same. */
  mutableTags: readonly string[]
  scanOnPush: boolean
  /** Images; older ones expire. */
  keep: number
}

export function wishOf(inputs: Inputs): RepositoryWish {
  return {
    mutability: inputs.tagMutability,
    mutableTags: inputs.mutableTags,
    scanOnPush: inputs.scanOnPush,
    keep: inputs.lifecycleKeep,
  }
}

export interface Surroundings {
  clients: Pick<AwsClients, 'ecr'>
  clock: Clock
  log: Log
  env: Environment
}

const LOOKS = 5

/**
 * Creates a repository with its lifecycle policy. Of many jobs that do so at once one succeeds, and the others take what it made.
 * `created` says which of them this was.
 */
export async function ensureRepository(
  { clients, clock, log, env }: Surroundings,
  id: RepositoryId,
  wish: RepositoryWish,
  lifecycle: Lifecycle = newestImages(wish.keep),
): Promise<{ repository: EcrRepository; created: boolean }> {
  const wanted: NewRepository = {
    ...id,
    mutability: wish.mutability,
    exclusions: wish.mutableTags,
    scanOnPush: wish.scanOnPush,
    tags: tagsFor(env),
  }
  const created = await createRepository(clients.ecr, wanted)
  if (created !== undefined) {
    log.info(`Created the repository ${created.uri} (${wish.mutability}, ${lifecycle.meaning})`)
    await setLifecycle({ clients, log }, id, lifecycle)
    return { repository: created, created: true }
  }
  for (let look = 1; look <= LOOKS; look++) {
    const repository = await describeRepository(clients.ecr, id)
    if (repository !== undefined) return { repository, created: false }
    await clock.sleep(300 * look)
  }
  throw new ActionError(
    'not-found',
    `The repository ${id.name} exists already, says AWS, and cannot be found`,
    {
      hint: 'Somebody may be deleting it: run the step again.',
    },
  )
}

/** The repository is there and can be pushed to, so a policy that cannot be set does not stop the release. */
async function setLifecycle(
  { clients, log }: Pick<Surroundings, 'clients' | 'log'>,
  id: RepositoryId,
  { policy }: Lifecycle,
): Promise<void> {
  try {
    await putLifecyclePolicy(clients.ecr, id, policy)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const remedy = error.hint === undefined ? '' : `\n${error.hint}`
    log.warning(
      `The new repository ${id.name} has no lifecycle policy and keeps every image: ${error.message}${remedy}`,
    )
  }
}

/** A repository that is there already. */
export interface FoundRepository extends EcrRepository {
  /** `unknown` where nobody asked, or the credentials may not look; a known one without policy has none. */
  lifecycle: { kind: 'unknown' } | { kind: 'known'; policy: string | undefined }
}

/** How an existing repository differs from what this step would have created; it is left as it is. */
export function drift(repository: FoundRepository, wish: RepositoryWish): string[] {
  const differing: string[] = []
  const say = (what: string, is: string, wanted: string) => {
    if (is !== wanted) differing.push(`${what} is ${is}, the input says ${wanted}`)
  }
  say('tag-mutability', repository.mutability, wish.mutability)
  if (wish.mutability === 'IMMUTABLE_WITH_EXCLUSION' && repository.mutability === wish.mutability)
    say('mutable-tags', listed(repository.exclusions), listed(wish.mutableTags))
  say('scan-on-push', String(repository.scanOnPush), String(wish.scanOnPush))
  const { lifecycle } = repository
  if (lifecycle.kind === 'known') differing.push(...lifecycleDrift(lifecycle.policy, wish.keep))
  return differing
}

function listed(filters: readonly string[]): string {
  return filters.toSorted().join(' ')
}

function tagsFor(env: Environment): Record<string, string> {
  const repository = env.GITHUB_REPOSITORY
  return {
    'created-by': 'ecs-release-actions/build-push-ecr',
    ...(repository && { 'github-repository': repository }),
  }
}
