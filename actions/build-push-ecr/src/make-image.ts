import { ActionError, type StoredImage } from '@ecs-release/core'
import { planCache } from './cache.ts'
import type { Destination } from './destination.ts'
import { type Built, build } from './docker/build.ts'
import { isFull } from './docker/builder.ts'
import { privateConfig } from './docker/private-config.ts'
import { differences, identityLabels } from './identity.ts'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { refuseTakenTags } from './preflight.ts'
import { buildInputsOf, buildRequest, variablesOf } from './request.ts'
import { type ReadImage, type Registry, readImage } from './stored-image.ts'

/**
 * The image that the first tag names already, if it is the one that would be built. Throws when it is another one, or when any is one
 * too many (if-exists: fail).
 */
export async function reusable(plan: Plan, found: Found, registry: Registry): Promise<ReadImage | undefined> {
  const { inputs, tags, facts, log, repository } = plan
  const stored = found.existing.get(tags.first)
  if (stored === undefined || inputs.ifExists === 'rebuild') return undefined
  const where = `${repository.name}:${tags.first}`
  if (inputs.ifExists === 'fail') {
    throw new ActionError('rejected', `if-exists: ${where} exists already, with ${stored.digest}`, {
      hint: 'Set if-exists: reuse to take an image of the same commit and inputs.',
    })
  }
  const image = await readImage(registry, stored)
  const differing = differences(identityLabels(facts.commit, buildInputsOf(inputs)), image.labels)
  if (differing.length > 0) {
    throw new ActionError(
      'rejected',
      `${where} exists and is another image than asked for: ${differing.join(', ')}`,
      {
        hint: 'Give this build a tag of its own (tags: raw=TEXT), or set if-exists: rebuild where tags are mutable.',
      },
    )
  }
  refuseTaken(plan, found, stored)
  log.info(`${where} was built from this commit and these inputs: nothing is built`)
  return image
}

function refuseTaken(plan: Plan, { repository, existing }: Found, stored: StoredImage): void {
  if (repository === undefined) return
  refuseTakenTags({ repository: repository.name, rule: repository, tags: plan.tags.tags, existing }, stored)
}

/** Builds, and pushes under the first tag unless push is off. */
export async function makeImage(
  plan: Plan,
  found: Found,
  { uri, host, created }: Destination,
): Promise<Built> {
  const { env, keeper, log, clock, signal } = plan
  await using config = await privateConfig({
    env,
    registries: host === '' ? [] : [host],
    variables: variablesOf(plan),
    find: async () => {
      const { username, password } = await keeper.login()
      return { username, secret: password }
    },
  })
  const cache = planCache(plan, { builder: found.builder, uri, host, cacheExists: found.cacheExists })
  const request = buildRequest(plan, { uri, cache, checkout: found.checkout, folder: config.folder })
  // A builder that takes no time for the image alone takes it for the whole build.
  const time = env.SOURCE_DATE_EPOCH || (isFull(found.builder) ? undefined : String(request.time))
  // Awaited here, because the configuration lives no longer than this function.
  return await build(request, {
    docker: { env: { ...config.env, ...(time !== undefined && { SOURCE_DATE_EPOCH: time }) }, signal },
    builder: found.builder,
    log,
    clock,
    newRepository: created,
    forgetLogin: () => keeper.forget(),
  })
}
