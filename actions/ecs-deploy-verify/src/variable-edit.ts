import type { Kind, Parsed } from '@ecs-release/core/action'

/** A change of one environment variable, or of one secret. */
export interface VariableEdit {
  /** undefined where the line names none, which is enough for a task definition with one container. */
  container: string | undefined
  name: string
  /** undefined removes it. */
  value: string | undefined
}

const variableForm = 'container:NAME=value to set a variable or container:-NAME to remove one'
const secretForm = 'container:NAME=ARN to set a secret or container:-NAME to remove one'

/** A line of environment-variables. A problem never quotes the line, which may hold what nobody is to see. */
export const variableEdit: Kind<VariableEdit> = { parse: (line) => parsed(line, variableForm, () => true) }

/**
 * A line of secrets. A value that is plainly no reference would be registered in clear.
 * Source: API reference, Secret, `valueFrom`: an ARN, or the name of a parameter in the same Region.
 */
export const secretEdit: Kind<VariableEdit> = {
  parse: (line) =>
    parsed(line, secretForm, (value) => /^(arn:[\w-]+:(secretsmanager|ssm):\S+|\/?[\w./-]+)$/.test(value)),
}

/** `[container:]NAME=value` or `[container:]-NAME`. A value keeps every further `=` and `:`. */
function parsed(line: string, form: string, accepts: (value: string) => boolean): Parsed<VariableEdit> {
  const problem = { kind: 'problems', problems: [`expected ${form}`] } as const
  const match =
    /^(?:([A-Za-z0-9_][A-Za-z0-9_-]{0,254}):)?(?:-([^=:\s-][^=:\s]*)|([^=:\s-][^=:\s]*)\s*=\s*(.*))$/s.exec(
      line,
    )
  const [, container, removed, name = removed, value] = match ?? []
  if (name === undefined) return problem
  if (value !== undefined && !accepts(value)) return problem
  return { kind: 'value', value: { container, name, value } }
}
