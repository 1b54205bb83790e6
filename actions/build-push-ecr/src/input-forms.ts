import { form, type Kind } from '@ecs-release/core/action'

/** A `NAME=VALUE` line. */
export interface Pair {
  name: string
  value: string
}

const STRATEGIES = ['branch-sha', 'sha', 'latest', 'run-number', 'branch'] as const
export type Strategy = { kind: (typeof STRATEGIES)[number] } | { kind: 'raw'; tag: string }

/** Source: OCI distribution specification, "Pulling manifests": the form of a tag. */
export const TAG_FORM: RegExp = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/

/** A line of the input tags. */
export const strategy: Kind<Strategy> = form(
  `${STRATEGIES.join(', ')} or raw=TEXT, where TEXT is a tag of at most 128 letters, digits, dots, dashes and underscores and not latest`,
  (line) => {
    const known = STRATEGIES.find((name) => name === line)
    if (known !== undefined) return { kind: known }
    const tag = /^raw=(.*)$/.exec(line)?.[1]
    return tag !== undefined && TAG_FORM.test(tag) && tag !== 'latest' ? { kind: 'raw', tag } : undefined
  },
)

export const platform: Kind<string> = form('a platform such as linux/amd64', (line) =>
  /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/.test(line) ? line : undefined,
)

/** A build argument; without a value the environment variable of that name is taken. A problem does not show the line. */
export const buildArgument: Kind<string> = {
  parse: (line) =>
    /^[A-Za-z_][A-Za-z0-9_]*(=.*)?$/s.test(line)
      ? { kind: 'value', value: line }
      : { kind: 'problems', problems: ['expected NAME=VALUE'] },
}

/** A secret by the name of the environment variable that holds it. */
export const secret: Kind<Pair> = form('id=NAME_OF_ENV_VARIABLE', (line) => {
  const [, name, value] = /^([A-Za-z0-9_.-]+)=([A-Za-z_][A-Za-z0-9_]*)$/.exec(line) ?? []
  return name === undefined || value === undefined ? undefined : { name, value }
})

export const label: Kind<Pair> = form('NAME=VALUE', (line) => {
  const [, name, value] = /^([^=\s]+)=(.*)$/.exec(line) ?? []
  return name === undefined || value === undefined ? undefined : { name, value }
})

/** A pattern of tags. Source: Amazon ECR API, ImageTagMutabilityExclusionFilter. */
export const tagPattern: Kind<string> = form('a tag, or a pattern with at most two *', (line) =>
  /^[0-9A-Za-z._*-]{1,128}$/.test(line) && line.split('*').length <= 3 ? line : undefined,
)

const OURS = /^(-t|-o|--(tag|output|push|load|metadata-file|iidfile|progress|quiet|call|check|print))(=|$)/

/** One argument of `docker buildx build`. Those that the action sets itself would be in conflict. */
export const extraArgument: Kind<string> = form(
  'an argument of docker buildx build that no input of this action covers (not tag, output, push, load, metadata-file, iidfile, progress, quiet, call)',
  (line) => (OURS.test(line) ? undefined : line),
)
