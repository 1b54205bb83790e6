import { join } from 'node:path'
import type { BuildRequest, CachePlan } from './docker/build-arguments.ts'
import type { Checkout } from './git.ts'
import { type BuildInputs, identityLabels } from './identity.ts'
import type { Inputs } from './inputs.ts'
import type { Plan } from './plan.ts'

/** What of the inputs decides how the image turns out. */
export function buildInputsOf({ context, file, target, platforms, buildArgs }: Inputs): BuildInputs {
  return { context, file, target, platforms, buildArgs }
}

export interface RequestFacts {
  /** `HOST/NAME` */
  uri: string
  cache: CachePlan
  checkout: Checkout | undefined
  /** A private folder. */
  folder: string
}

export function buildRequest(plan: Plan, { uri, cache, checkout, folder }: RequestFacts): BuildRequest {
  const { inputs, tags } = plan
  return {
    ...buildInputsOf(inputs),
    secrets: inputs.secrets,
    labels: labelsOf(plan, checkout),
    extraArgs: inputs.extraArgs,
    pull: inputs.pull,
    noCache: inputs.noCache,
    image: `${uri}:${tags.first}`,
    push: inputs.push,
    load: inputs.load,
    cache,
    time: sourceDateEpoch(plan.env.SOURCE_DATE_EPOCH || undefined, checkout),
    metadataFile: join(folder, 'metadata.json'),
  }
}

/** Ours by which the image is recognised come last, so that they hold. */
function labelsOf({ inputs, env, facts }: Plan, checkout: Checkout | undefined): BuildRequest['labels'] {
  const source = env.GITHUB_SERVER_URL && facts.repository && `${env.GITHUB_SERVER_URL}/${facts.repository}`
  const labels = {
    'org.opencontainers.image.created': new Date(
      sourceDateEpoch(env.SOURCE_DATE_EPOCH || undefined, checkout) * 1000,
    ).toISOString(),
    ...(source && { 'org.opencontainers.image.source': source }),
    ...Object.fromEntries((inputs.labels ?? []).map(({ name, value }) => [name, value])),
    ...identityLabels(facts.commit, buildInputsOf(inputs)),
  }
  return Object.entries(labels).map(([name, value]) => ({ name, value }))
}

/**
 * The time that the image bears, in seconds: the commit's, because that of the build is another each time. Without git it is the epoch.
 * Source: reproducible-builds.org, SOURCE_DATE_EPOCH.
 */
export function sourceDateEpoch(given: string | undefined, checkout: Checkout | undefined): number {
  return given !== undefined && /^\d+$/.test(given) ? Number(given) : (checkout?.time ?? 0)
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
