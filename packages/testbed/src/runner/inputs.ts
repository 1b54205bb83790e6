import { type ActionFile, scalar } from './action-file.ts'
import { interpolate, type Scope } from './expression.ts'

/** `with` of a step, as YAML scalars. */
export type With = Readonly<Record<string, string | number | boolean>>

export interface StepInputs {
  /** `INPUT_NAME` of every declared input, and of the others that were given. */
  environment: Record<string, string>
  /** What the runner warns of before the action starts. */
  warnings: string[]
}

/** Names are upper-cased and only blanks replaced: `aws-region` is `INPUT_AWS-REGION`. `required` is not enforced. */
export function stepInputs(action: ActionFile, given: With, scope: Scope): StepInputs {
  const environment: Record<string, string> = {}
  for (const [name, input] of action.inputs) environment[variable(name)] = interpolate(input.default, scope)
  for (const [name, value] of Object.entries(given)) environment[variable(name)] = scalar(value)

  const declared = new Map([...action.inputs].map(([name, input]) => [variable(name), input]))
  const unexpected = Object.keys(given).filter((name) => !declared.has(variable(name)))
  const warnings = Object.keys(given).flatMap((name) => {
    const message = declared.get(variable(name))?.deprecationMessage
    return message === undefined ? [] : [`Input '${name}' has been deprecated with message: ${message}`]
  })
  if (unexpected.length > 0) {
    const valid = [...action.inputs.keys()]
    warnings.push(`Unexpected input(s) ${quoted(unexpected)}, valid inputs are [${quoted(valid)}]`)
  }
  return { environment, warnings }
}

function variable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ')
}
