import type { CachePlan } from './docker/build-arguments.ts'
import { type Builder, isFull } from './docker/builder.ts'
import type { Plan } from './plan.ts'
import { branchTag } from './tags/plan.ts'
import { slug } from './tags/slug.ts'

export interface CacheFacts {
  builder: Builder
  /** `HOST/NAME` of the image. */
  uri: string
  /** `HOST` */
  host: string
  /** undefined when nobody knows. */
  cacheExists: boolean | undefined
}

const LONGEST = 128

/**
 * Each branch writes a cache of its own, and reads that of the branch that it is merged into as well. A pull request writes none:
 * what it could put there would be trusted by the builds of others.
 */
export function planCache({ inputs, facts, cacheRepository, log }: Plan, found: CacheFacts): CachePlan {
  // Without a registry, as when nothing is pushed, there is nowhere to look.
  if (inputs.cache === 'off' || found.host === '') return { kind: 'off', from: [], to: undefined }
  const branches = [
    branchTag(facts),
    ...[facts.base, facts.defaultBranch].map((name) => name && slug(name, LONGEST)),
  ]
  const known = [...new Set(branches.filter((name) => name !== undefined))]
  const own = facts.pullRequest || facts.fork !== undefined ? undefined : known[0]
  const why = notToRegistry(inputs.cache, found)
  if (why === undefined) {
    const refs = known.map((name) => `${found.host}/${cacheRepository.name}:${name}`)
    return { kind: 'registry', from: refs, to: own && `${found.host}/${cacheRepository.name}:${own}` }
  }
  if (why !== '') log.info(why.replace('NAME', cacheRepository.name))
  return { kind: 'inline', from: [...known, 'latest'].map((name) => `${found.uri}:${name}`), to: own }
}

function notToRegistry(cache: string, { builder, cacheExists }: CacheFacts): string | undefined {
  if (cache === 'inline') return ''
  if (!isFull(builder))
    return `The builder ${builder.name} cannot export a cache to a registry, so the cache goes into the image (inline)`
  if (cacheExists === false)
    return 'There is no repository NAME for the cache, so it goes into the image (inline), which keeps less of it'
  return undefined
}
