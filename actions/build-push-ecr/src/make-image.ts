import { oneLine } from '@ecs-release/core'
import { heldLayers, planCache } from './cache.ts'
import type { Destination } from './destination.ts'
import { type Built, build, type Pushed, type TagTaken } from './docker/build.ts'
import type { BuildRequest } from './docker/build-arguments.ts'
import { type Builder, isFull } from './docker/builder.ts'
import type { Docker } from './docker/inspect.ts'
import { type PrivateConfig, privateConfig } from './docker/private-config.ts'
import { type WrittenCache, writeCache } from './docker/write-cache.ts'
import type { Found, HeldLayers } from './look.ts'
import type { Plan } from './plan.ts'
import { buildRequest, variablesOf } from './request.ts'

/** Docker as this step uses it, with a login that is nowhere else. Disposal ends it. */
export function openDocker(plan: Plan, host: string): Promise<PrivateConfig> {
  return privateConfig({
    env: plan.env,
    registries: host === '' ? [] : [host],
    variables: variablesOf(plan),
    find: async () => {
      const { username, password } = await plan.keeper.login()
      return { username, secret: password }
    },
  })
}

/** What was built, and what may be left to do about its cache once the image is pushed. */
export type Made = TagTaken | Built | (Pushed & { cache: LaterCache | undefined })

/** A cache that is there, and which the build has therefore not written. */
export interface LaterCache {
  /** All that can tell that there is nothing to add to it; undefined when there is. */
  held: HeldLayers | undefined
  write(): Promise<void>
}

/** Builds, and pushes under the first tag unless push is off. */
export async function makeImage(
  plan: Plan,
  found: Found,
  { uri, host, created, cache: state }: Destination,
  config: PrivateConfig,
): Promise<Made> {
  const { env, keeper, log, clock, signal, source } = plan
  const cache = planCache(plan, { builder: found.builder, uri, host, state })
  const request = buildRequest(plan, { uri, cache, found, folder: config.folder })
  // A builder that takes no time for the image alone takes it for the whole build.
  const time = env.SOURCE_DATE_EPOCH || (isFull(found.builder) ? undefined : String(request.time))
  const docker: Docker = {
    env: { ...config.env, ...(time !== undefined && { SOURCE_DATE_EPOCH: time }) },
    signal,
  }
  // A build that has nothing to add to a cache that is there would write all of it again.
  const later = cache.kind === 'registry' && cache.to !== undefined && cache.from.includes(cache.to)
  const made = await build(later ? { ...request, cache: { ...cache, to: undefined } } : request, {
    docker,
    builder: found.builder,
    log,
    clock,
    about: { dockerfile: source.dockerfile, ifExists: found.ifExists, newRepository: created },
    forgetLogin: () => keeper.forget(),
  })
  if (made.kind !== 'pushed') return made
  if (!later) return { ...made, cache: undefined }
  // A step can be cached in the builder and nowhere else, as after a build that pushed nothing, so the layers decide.
  const held = made.steps.cached === made.steps.total ? heldLayers(plan, state) : undefined
  return { ...made, cache: { held, write: () => cacheOf(plan, found, request, docker) } }
}

/**
 * Told when it is done, because its lines would come between others. A cache that cannot be written fails nothing, and of a step that is
 * cancelled only the step itself tells.
 */
async function cacheOf(
  { log, signal }: Plan,
  { builder }: Found,
  request: BuildRequest,
  docker: Docker,
): Promise<void> {
  const { lines, failed } = await written(request, builder, docker)
  if (signal.aborted) return
  await log.group('writing the cache', async () => {
    for (const line of lines) log.info(line)
  })
  if (failed === undefined) return
  const remedy = 'Its repository needs mutable tags, and the role the same rights there as for the image.'
  log.warning(`The cache was not written to ${request.cache.to}: ${failed}\n${remedy}`)
}

async function written(request: BuildRequest, builder: Builder, docker: Docker): Promise<WrittenCache> {
  try {
    return await writeCache(request, builder, docker)
  } catch (error) {
    return { lines: [], failed: oneLine(error instanceof Error ? error.message : String(error)) }
  }
}
