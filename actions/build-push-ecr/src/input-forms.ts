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

const EXPECTED = `${STRATEGIES.join(', ')} or raw=TEXT, where TEXT is a tag of at most 128 letters, digits, dots, dashes and underscores and not latest`

/** A line of the input tags. */
export const strategy: Kind<Strategy> = {
  parse(line) {
    const known = STRATEGIES.find((name) => name === line)
    if (known !== undefined) return { kind: 'value', value: { kind: known } }
    const tag = /^raw=(.*)$/.exec(line)?.[1]
    if (tag !== undefined && isOwnTag(tag)) return { kind: 'value', value: { kind: 'raw', tag } }
    const remedy = isOwnTag(line) ? `; for a tag of your own write raw=${line}` : ''
    return { kind: 'problems', problems: [`expected ${EXPECTED}, got ${JSON.stringify(line)}${remedy}`] }
  },
}

function isOwnTag(text: string): boolean {
  return TAG_FORM.test(text) && text !== 'latest'
}

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

/** A secret by the name of the environment variable that holds it. Whoever writes the value there does not see it in a problem. */
export const secret: Kind<Pair> = {
  parse(line) {
    const [, name, value] = /^([A-Za-z0-9_.-]+)=([A-Za-z_][A-Za-z0-9_]*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) return { kind: 'value', value: { name, value } }
    // What is before the padding of Base64 is no name.
    const id = /^([A-Za-z0-9_.-]+)=+[^=]/.exec(line)?.[1] ?? 'id'
    return { kind: 'problems', problems: [`expected ${id}=NAME_OF_ENV_VARIABLE, and not the value`] }
  },
}

export const label: Kind<Pair> = form('NAME=VALUE', (line) => {
  const [, name, value] = /^([^=\s]+)=(.*)$/.exec(line) ?? []
  return name === undefined || value === undefined ? undefined : { name, value }
})

/** A pattern of tags. Source: Amazon ECR API, ImageTagMutabilityExclusionFilter. */
export const tagPattern: Kind<string> = form('a tag, or a pattern with at most two *', (line) =>
  /^[0-9A-Za-z._*-]{1,128}$/.test(line) && line.split('*').length <= 3 ? line : undefined,
)
