import { join } from 'node:path'
import type { BuildRequest, CachePlan } from './docker/build-arguments.ts'
import { type BuildInputs, identityLabels } from './identity.ts'
import type { Found } from './look.ts'
import { CREATED } from './newer.ts'
import type { Plan } from './plan.ts'

/** What of the inputs, and of the environment that they name, decides how the image turns out. */
function buildInputsOf({ inputs, env, source }: Plan): BuildInputs {
  const { context, file, target, extraArgs } = inputs
  return {
    context,
    // By what it says, because it need not be of any commit: an earlier step can have written it.
    dockerfile: source.instructions ?? (file === undefined ? [] : [file]),
    target,
    extraArgs,
    platforms: platformsOf({ inputs, env }),
    buildArgs: inputs.buildArgs?.map((argument) =>
      argument.includes('=') ? argument : `${argument}=${env[argument] ?? ''}`,
    ),
  }
}

/** Buildx takes the variable where it is given no platform; without both the builder decides. */
export function platformsOf({ inputs, env }: Pick<Plan, 'inputs' | 'env'>): readonly string[] | undefined {
  return inputs.platforms ?? (env.DOCKER_DEFAULT_PLATFORM ? [env.DOCKER_DEFAULT_PLATFORM] : undefined)
}

/** The labels by which a later run recognises the image of this one. */
export function ownLabels(plan: Plan, { checkout }: Pick<Found, 'checkout'>): Record<string, string> {
  const commits = { named: plan.facts.commit, checkedOut: checkout.commit }
  return identityLabels(commits, buildInputsOf(plan))
}

export interface RequestFacts {
  /** `HOST/NAME` */
  uri: string
  cache: CachePlan
  found: Found
  /** A private folder. */
  folder: string
}

export function buildRequest(plan: Plan, { uri, cache, found, folder }: RequestFacts): BuildRequest {
  const { inputs, tags } = plan
  const { context, file, target, platforms, buildArgs, extraArgs, secrets, pull, noCache } = inputs
  return {
    context,
    file,
    target,
    platforms,
    buildArgs,
    extraArgs,
    secrets,
    pull,
    noCache,
    labels: labelsOf(plan, found),
    image: `${uri}:${tags.first}`,
    push: inputs.push,
    load: inputs.load,
    cache,
    time: imageTime(plan, found),
    metadataFile: join(folder, 'metadata.json'),
  }
}

/** Ours by which the image is recognised come last, so that they hold. */
export function labelsOf(plan: Plan, found: Found): BuildRequest['labels'] {
  const { inputs, env, facts } = plan
  const source = env.GITHUB_SERVER_URL && facts.repository && `${env.GITHUB_SERVER_URL}/${facts.repository}`
  const labels = {
    [CREATED]: new Date(imageTime(plan, found) * 1000).toISOString(),
    ...(source && { 'org.opencontainers.image.source': source }),
    ...Object.fromEntries((inputs.labels ?? []).map(({ name, value }) => [name, value])),
    ...ownLabels(plan, found),
  }
  return Object.entries(labels).map(([name, value]) => ({ name, value }))
}

/** The names of those labels of the input that an image does not bear, or bears with another value. */
export function differingLabels(
  plan: Plan,
  found: Found,
  theirs: Readonly<Record<string, string>>,
): string[] {
  const asked = new Set(plan.inputs.labels?.map(({ name }) => name))
  return labelsOf(plan, found).flatMap(({ name, value }) =>
    asked.has(name) && theirs[name] !== value ? [name] : [],
  )
}

/**
 * The time that the image bears, in seconds: the commit's, because that of the build is another each time. Where none is known it is the epoch.
 * Source: reproducible-builds.org, SOURCE_DATE_EPOCH.
 */
export function imageTime(plan: Pick<Plan, 'env'>, found: Pick<Found, 'checkout'>): number {
  return knownTime(plan, found) ?? 0
}

/** The epoch too where that is what the variable says, as for builds that are to give the same bytes from any commit. */
export function knownTime(
  { env }: Pick<Plan, 'env'>,
  { checkout }: Pick<Found, 'checkout'>,
): number | undefined {
  const given = env.SOURCE_DATE_EPOCH
  return given && /^\d+$/.test(given) ? Number(given) : checkout.time
}

/** Names of the environment variables that the build refers to, and is therefore allowed to see. */
export function variablesOf({ inputs, env }: Plan): string[] {
  const { secrets = [], buildArgs = [], extraArgs = [] } = inputs
  const words = extraArgs.flatMap((argument) => argument.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])
  return [
    ...secrets.map(({ value }) => value),
    ...buildArgs.filter((argument) => !argument.includes('=')),
    ...words.filter((word) => env[word] !== undefined),
  ]
}
