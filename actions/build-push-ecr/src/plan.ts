import {
  type ActionContext,
  ActionError,
  type AwsClients,
  awsClients,
  type Clock,
  type Environment,
  type Log,
  type RefFacts,
  type RepositoryId,
  readEvent,
  refFacts,
} from '@ecs-release/core'
import type { Inputs } from './inputs.ts'
import { type LoginKeeper, loginKeeper } from './login.ts'
import { planTags, type TagPlan } from './tags/plan.ts'

/** All that is decided before anything is asked of AWS or Docker. */
export interface Plan {
  inputs: Inputs
  env: Environment
  log: Log
  clock: Clock
  signal: AbortSignal
  facts: RefFacts
  tags: TagPlan
  clients: AwsClients
  keeper: LoginKeeper
  repository: RepositoryId
  cacheRepository: RepositoryId
}

export function makePlan({ inputs, env, log, clock, signal }: ActionContext<Inputs>): Plan {
  const facts = refFacts(env, readEvent(env))
  const tags = planTags(inputs.tags, facts, inputs.latestBranch)
  const { name, registryId, region } = inputs.repository
  checkSecrets(inputs, env)
  const clients = awsClients({ region: region ?? inputs.awsRegion, env, userAgent: 'build-push-ecr' })
  return {
    inputs,
    env,
    log,
    clock,
    signal,
    facts,
    tags,
    clients,
    keeper: loginKeeper(clients, clock, log),
    repository: { name, registryId },
    cacheRepository: { name: inputs.cacheRepository ?? `${name}-cache`, registryId },
  }
}

/** A secret that is empty by mistake would be found out by a failing command deep in the build. */
function checkSecrets({ secrets = [] }: Inputs, env: Environment): void {
  const missing = secrets.filter(({ value }) => !env[value])
  if (missing.length === 0) return
  const names = missing.map(({ value }) => value).join(', ')
  throw new ActionError('invalid-input', `secrets: the environment has no ${names}`, {
    hint: `Give it to the step: env: { ${missing[0]?.value}: … }.`,
  })
}
