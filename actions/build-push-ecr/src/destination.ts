import { ActionError, type EcrRepository } from '@ecs-release/core'
import { isFull } from './docker/builder.ts'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { refuseImmovableTags } from './preflight.ts'
import { drift, ensureRepository, type RepositoryWish } from './repository/create.ts'

/** Where the image goes. */
export interface Destination {
  /** `HOST/NAME` */
  uri: string
  host: string
  /** This step made the repository. */
  created: boolean
}

/** Refuses what could not end well, before anything is built or created. */
export function refuseEarly(
  { inputs, tags, repository, log, clients }: Plan,
  { repository: there, existing }: Found,
): void {
  if (there === undefined && !inputs.createRepository) {
    const where = `${repository.registryId ?? 'this account'} (${clients.region})`
    throw new ActionError('not-found', `The repository ${repository.name} does not exist in ${where}`, {
      hint: 'Check repository, aws-region and the role, create it (Terraform: aws_ecr_repository), or set create-repository: true.',
    })
  }
  const wish = wishOf(inputs)
  const rule = there ?? { mutability: wish.mutability, exclusions: wish.mutableTags }
  refuseImmovableTags({ repository: repository.name, rule, tags: tags.tags, existing })
  if (there === undefined || !inputs.createRepository) return
  const differing = drift(there, wish)
  if (differing.length > 0)
    log.notice(`The repository ${there.name} is left as it is: ${differing.join('; ')}`)
}

/** The repository, created if it may be; likewise the one for the cache. */
export async function openDestination(plan: Plan, found: Found): Promise<Destination> {
  const { inputs, repository } = plan
  const wish = wishOf(inputs)
  if (
    inputs.createRepository &&
    inputs.cache === 'registry' &&
    found.cacheExists === false &&
    isFull(found.builder)
  ) {
    await ensureRepository(plan, plan.cacheRepository, { ...wish, mutability: 'MUTABLE', scanOnPush: false })
    found.cacheExists = true
  }
  if (found.repository !== undefined) return destinationOf(plan, found.repository, false)
  const ensured = await ensureRepository(plan, repository, wish)
  return destinationOf(plan, ensured.repository, ensured.created)
}

/** A URI of Amazon ECR is used as given, so that a FIPS or dual-stack endpoint stays one; else the one that AWS says. */
export function destinationOf({ inputs }: Plan, { uri, name }: EcrRepository, created: boolean): Destination {
  const { host, registryId } = inputs.repository
  if (host !== undefined && registryId !== undefined) return { uri: `${host}/${name}`, host, created }
  if (host !== undefined && uri !== `${host}/${name}`) {
    throw new ActionError(
      'invalid-input',
      `repository: ${host} is not the registry of ${name}, which is ${uri}`,
      {
        hint: 'Give the name alone, or the URI that Amazon ECR shows.',
      },
    )
  }
  return { uri, host: uri.slice(0, uri.indexOf('/')), created }
}

function wishOf(inputs: Plan['inputs']): RepositoryWish {
  return {
    mutability: inputs.tagMutability,
    mutableTags: inputs.mutableTags,
    scanOnPush: inputs.scanOnPush,
    keep: inputs.lifecycleKeep,
  }
}
