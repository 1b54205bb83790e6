import { ActionError } from '@ecs-release/core'
import { type Builder, isFull } from './docker/builder.ts'
import type { Found } from './look.ts'
import type { Plan } from './plan.ts'
import { refuseImmovableTags } from './preflight.ts'
import { refuseNewRepository } from './refuse-new-repository.ts'
import { drift, wishOf } from './repository/create.ts'
import { platformsOf } from './request.ts'

/** Refuses what could not end well, before anything is built or created. */
export function refuseEarly(plan: Plan, found: Found): void {
  if ((platformsOf(plan)?.length ?? 0) > 1 && !isFull(found.builder)) throw needsOtherBuilder(found.builder)
  if (plan.inputs.push) refuseDestination(plan, found)
}

function refuseDestination(plan: Plan, { repository: there, existing, ifExists }: Found): void {
  const { inputs, tags, repository, log, clients } = plan
  if (there === undefined && !inputs.createRepository) {
    const where = `${repository.registryId ?? 'this account'} (${clients.region})`
    throw new ActionError('not-found', `The repository ${repository.name} does not exist in ${where}`, {
      hint: 'Check repository, aws-region and the role, create it (Terraform: aws_ecr_repository), or set create-repository: true.',
    })
  }
  const wish = wishOf(inputs)
  if (there === undefined) {
    refuseNewRepository(repository.name, wish, tags.tags)
    return
  }
  const facts = { repository: repository.name, rule: there, tags: tags.tags, existing }
  refuseImmovableTags(facts, ifExists)
  if (!inputs.createRepository) return
  const differing = drift(there, wish)
  if (differing.length > 0)
    log.notice(`The repository ${there.name} is left as it is: ${differing.join('; ')}`)
}

function needsOtherBuilder({ name, driver }: Builder): ActionError {
  return new ActionError(
    'invalid-input',
    `platforms: the builder ${name} (driver ${driver}, classic image store) builds one platform only`,
    {
      hint: 'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the engine.',
    },
  )
}
