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
import { enumerated } from './enumeration.ts'
import type { Inputs } from './inputs.ts'
import { type LoginKeeper, loginKeeper } from './login.ts'
import { findSource, type Source } from './source/source.ts'
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
  source: Source
  /** Made when they are first used, so that what asks nothing of AWS needs no Region. */
  readonly clients: AwsClients
  /** What pushes must ask; a mere build asks where the environment names credentials, for the cache. */
  asksAws: boolean
  keeper: LoginKeeper
  repository: RepositoryId
  cacheRepository: RepositoryId
}

export function makePlan({ inputs, env, log, clock, signal }: ActionContext<Inputs>): Plan {
  const facts = refFacts(env, readEvent(env))
  const tags = planTags(inputs.tags, facts, inputs.latestBranch)
  const { name, registryId, region } = inputs.repository
  checkVariables(inputs, env)
  const cache = cacheRepositoryOf(inputs)
  const source = findSource(inputs)
  let made: AwsClients | undefined
  const clients = () => {
    made ??= awsClients({ region: region ?? inputs.awsRegion, env, userAgent: 'build-push-ecr' })
    return made
  }
  return {
    inputs,
    env,
    log,
    clock,
    signal,
    facts,
    tags,
    source,
    get clients() {
      return clients()
    },
    asksAws: inputs.push || (hasRegion(inputs, env) && namesCredentials(env)),
    keeper: loginKeeper(() => clients().ecr, clock, log),
    repository: { name, registryId },
    cacheRepository: { name: cache, registryId },
  }
}

/** A variable that is missing by mistake would be found out by a failing command deep in the build, or not at all. */
function checkVariables({ secrets = [], buildArgs = [] }: Inputs, env: Environment): void {
  const [first, ...more] = secrets.filter(({ value }) => !env[value]).map(({ name }) => name)
  if (first !== undefined) {
    // By their ids: where the name of the variable should stand may be the secret itself.
    const ids = enumerated([first, ...more])
    throw new ActionError('invalid-input', `secrets: the environment has no variable for ${ids}`, {
      hint: `Write ${first}=NAME_OF_ENV_VARIABLE, not the value, and give that variable to the step: env: { NAME_OF_ENV_VARIABLE: … }.`,
    })
  }
  const missing = buildArgs.filter((argument) => !argument.includes('=') && env[argument] === undefined)
  if (missing.length === 0) return
  throw new ActionError('invalid-input', `build-args: the environment has no ${missing.join(', ')}`, {
    hint: `Give it to the step: env: { ${missing[0]}: … }.`,
  })
}

/** A branch's cache has the branch's name as its tag, and so has the branch's image. */
function cacheRepositoryOf({ repository: { name }, cacheRepository = `${name}-cache` }: Inputs): string {
  if (cacheRepository !== name) return cacheRepository
  throw new ActionError('invalid-input', `cache-repository: ${name} is the repository of the images`, {
    hint: 'Give the cache a repository of its own, or set cache: inline.',
  })
}

function hasRegion({ repository, awsRegion }: Inputs, env: Environment): boolean {
  return Boolean(repository.region ?? awsRegion ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION))
}

/** Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers", those that the environment announces. */
function namesCredentials(env: Environment): boolean {
  return [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ].some((name) => Boolean(env[name]))
}
