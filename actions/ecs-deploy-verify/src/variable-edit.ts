import type { VariableEdit } from '@ecs-release/core'
import type { Kind, Parsed } from '@ecs-release/core/action'

const variableForm = 'container:NAME=value to set a variable or container:-NAME to remove one'
const secretForm =
  'container:NAME=ARN to set a secret or container:-NAME to remove one; in place of the ARN of a parameter its name will do, if it begins with /'

/**
 * A container as RegisterTaskDefinition takes it. Names of variables are those of a POSIX shell, and beyond those the dots and
 * hyphens that some frameworks use: anything else is likelier to be a piece of a value that has several lines.
 */
const lineForm =
  /^(?:(?<container>\w[\w-]{0,254}):)?(?:-(?<removed>[A-Za-z_][\w.-]*)|(?<name>[A-Za-z_][\w.-]*)=(?<value>.*))$/s

/**
 * What is plainly a reference: an ARN of Secrets Manager or Systems Manager, or a parameter's name with its path. Anything else may
 * be the secret itself, which would be registered in clear.
 * Source: API reference, Secret, `valueFrom`.
 */
const reference =
  /^(arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+|ssm:[a-z0-9-]+:\d{12}:parameter\/\S+)|(\/[\w.-]+)+)$/

/** A line of environment-variables. A problem never quotes the line, which may hold what nobody is to see. */
export const variableEdit: Kind<VariableEdit> = { parse: (line) => parsed(line, variableForm) }

/** A line of secrets. A problem quotes nothing here either: somebody may have written the secret itself. */
export const secretEdit: Kind<VariableEdit> = { parse: (line) => parsed(line, secretForm, reference) }

/** `[container:]NAME=value` or `[container:]-NAME`. A value is all that follows the first `=` behind the name. */
function parsed(line: string, form: string, accepted = /^/): Parsed<VariableEdit> {
  const { container, name, removed, value } = lineForm.exec(line)?.groups ?? {}
  if (removed !== undefined) return { kind: 'value', value: { container, name: removed, value: undefined } }
  if (name !== undefined && value !== undefined && accepted.test(value))
    return { kind: 'value', value: { container, name, value } }
  return { kind: 'problems', problems: [`expected ${form}`] }
}
