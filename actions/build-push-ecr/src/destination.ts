import { ActionError, type EcrRepository } from '@ecs-release/core'
import { isFull } from './docker/builder.ts'
import type { CacheState, Found } from './look.ts'
import type { Plan } from './plan.ts'
import { ensureRepository, wishOf } from './repository/create.ts'
import { YOUNG_CACHES } from './repository/lifecycle.ts'

/** Where the image goes. */
export interface Destination {
  /** `HOST/NAME` */
  uri: string
  host: string
  /** This step made the repository. */
  created: boolean
  /** Where its cache goes. */
  cache: CacheState
}

/** The repository, created if it may be; likewise the one for the cache. */
export async function openDestination(plan: Plan, found: Found): Promise<Destination> {
  const there = found.repository
  const ensured =
    there === undefined
      ? await ensureRepository(plan, plan.repository, wishOf(plan.inputs))
      : { repository: there, created: false }
  const { uri, host } = placeOf(plan, ensured.repository)
  return { uri, host, created: ensured.created, cache: await openCache(plan, found) }
}

/** What goes wrong with the cache is told, and the image is built all the same. */
async function openCache(plan: Plan, { cache, builder }: Found): Promise<CacheState> {
  const { inputs, cacheRepository, log } = plan
  if (!inputs.createRepository || cache !== 'no repository' || !isFull(builder)) return cache
  try {
    const wish = { ...wishOf(inputs), mutability: 'MUTABLE', scanOnPush: false } as const
    await ensureRepository(plan, cacheRepository, wish, YOUNG_CACHES)
    return { tags: new Map() }
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const remedy = error.hint === undefined ? '' : `\n${error.hint}`
    log.warning(
      `The repository ${cacheRepository.name} for the cache was not created: ${error.message}${remedy}`,
    )
    return cache
  }
}

/** A URI of Amazon ECR is used as given, so that a FIPS or dual-stack endpoint stays one; else the one that AWS says. */
export function placeOf({ inputs }: Plan, { uri, name }: EcrRepository): { uri: string; host: string } {
  const { host, registryId } = inputs.repository
  if (host !== undefined && registryId !== undefined) return { uri: `${host}/${name}`, host }
  if (host !== undefined && uri !== `${host}/${name}`) {
    throw new ActionError(
      'invalid-input',
      `repository: ${host} is not the registry of ${name}, which is ${uri}`,
      {
        hint: 'Give the name alone, or the URI that Amazon ECR shows.',
      },
    )
  }
  return { uri, host: uri.slice(0, uri.indexOf('/')) }
}
