import type { RefFacts } from '@ecs-release/core'
import type { CachePlan } from './docker/build-arguments.ts'
import { type Builder, isFull } from './docker/builder.ts'
import type { CacheState, HeldLayers } from './look.ts'
import type { Plan } from './plan.ts'
import { branchTag } from './tags/plan.ts'

export interface CacheFacts {
  builder: Builder
  /** `HOST/NAME` of the image. */
  uri: string
  /** `HOST` */
  host: string
  state: CacheState
}

/** The branches whose caches this run reads, as tags: its own, which no fork has here, that of its base and the default one. */
export function cacheTags(facts: RefFacts): string[] {
  const branch = (name: string | undefined) =>
    name === undefined ? undefined : branchTag({ ...facts, ref: { kind: 'branch', name } })
  const own = facts.fork === undefined ? branchTag(facts) : undefined
  const known = [own, branch(facts.base), branch(facts.defaultBranch)]
  return [...new Set(known.filter((name) => name !== undefined))]
}

/**
 * Each branch writes a cache of its own, and reads that of the branch that it is merged into as well. A pull request writes none:
 * what it could put there would be trusted by the builds of others. Nor does a build that pushes nothing write to a registry; inline
 * the cache is part of the image, which is to be the same as the one that is pushed later. A cache that is known not to be there is not asked for.
 */
export function planCache({ inputs, facts, cacheRepository, log }: Plan, found: CacheFacts): CachePlan {
  // Without a registry, as when nothing is pushed, there is nowhere to look.
  if (inputs.cache === 'off' || found.host === '') return { kind: 'off', from: [], to: undefined }
  const tags = cacheTags(facts)
  const own = facts.pullRequest || facts.fork !== undefined ? undefined : branchTag(facts)
  const why = notToRegistry(inputs.cache, found)
  if (why === undefined) {
    const { state } = found
    const there = typeof state === 'object' ? tags.filter((tag) => state.tags.has(tag)) : tags
    const ref = (tag: string) => `${found.host}/${cacheRepository.name}:${tag}`
    return {
      kind: 'registry',
      from: there.map(ref),
      to: inputs.push && own !== undefined ? ref(own) : undefined,
    }
  }
  if (why !== '') log.info(why.replace('NAME', cacheRepository.name))
  return { kind: 'inline', from: [...tags, 'latest'].map((name) => `${found.uri}:${name}`), to: own }
}

/** The layers that the cache of this branch holds, as far as that is known. */
export function heldLayers({ facts }: Plan, state: CacheState): HeldLayers {
  const own = branchTag(facts)
  const held = typeof state === 'object' && own !== undefined ? state.tags.get(own) : undefined
  return held ?? new Set()
}

function notToRegistry(cache: string, { builder, state }: CacheFacts): string | undefined {
  if (cache === 'inline') return ''
  if (!isFull(builder))
    return `The builder ${builder.name} cannot export a cache to a registry, so the cache goes into the image (inline)`
  if (state === 'no repository')
    return 'There is no repository NAME for the cache, so it goes into the image (inline), which keeps less of it'
  return undefined
}
