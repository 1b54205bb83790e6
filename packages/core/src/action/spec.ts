import { ActionError } from './action-error.ts'
import type { Kind, Parsed } from './input-kinds.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** One input of action.yml, as data that a test compares with the file. */
export interface Input<T> {
  required: boolean
  /** As written in action.yml; undefined where it has none. */
  default: string | undefined
  /** Takes the text without blanks around it; empty text is absence. */
  read(text: string): Parsed<T>
}

type Definition = Readonly<Record<string, Input<unknown>>>
type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name
/** The name among `Names` that is `Key` in camel case. */
type Named<Names extends string, Key extends string> = Names extends string
  ? Camel<Names> extends Key
    ? Names
    : never
  : never
type ValueOf<I> = I extends Input<infer T> ? T : never
type Values<D> = {
  readonly [Key in Camel<keyof D & string>]: ValueOf<D[Named<keyof D & string, Key>]>
}

/** The inputs of an action. `definition` has their names, whether they are required, and their defaults. */
export interface Spec<Inputs> {
  definition: Definition
  /** Reads all inputs; throws one `invalid-input` error that lists every problem, in the order of the spec. */
  read(env: Environment): Inputs
}

/** `{ 'aws-region': Input<string> }` → `{ awsRegion: string }` */
export type InputsOf<S> = S extends Spec<infer Inputs> ? Inputs : never

/** `what` completes "is required: …", so that the error says what to give. */
export function required<T>(kind: Kind<T>, what: string): Input<T> {
  const missing: Parsed<T> = { kind: 'problems', problems: [`is required: ${what}`] }
  return { required: true, default: undefined, read: (text) => (text === '' ? missing : kind.parse(text)) }
}

export function optional<T>(kind: Kind<T>): Input<T | undefined> {
  return {
    required: false,
    default: undefined,
    read: (text) => (text === '' ? { kind: 'value', value: undefined } : kind.parse(text)),
  }
}

/** `written` is the default as action.yml writes it: `'10m'`, `'false'`, and `''` for an empty list. */
export function withDefault<T>(kind: Kind<T>, written: string): Input<T> {
  return { required: false, default: written, read: (text) => kind.parse(text === '' ? written : text) }
}

/**
 * Finds what inputs are no good together. `given` has the text of an input, and undefined for one that is left out or has its default.
 * A problem names its inputs.
 */
export type Together = (given: (name: string) => string | undefined) => readonly string[]

/** Names are those of action.yml; the values come back under the same names in camel case. */
export function spec<const D extends Definition>(
  definition: D,
  together: Together = () => [],
): Spec<Values<D>> {
  return { definition, read: (env) => read(definition, together, env) }
}

function read<D extends Definition>(definition: D, together: Together, env: Environment): Values<D>
// The values are made from the definition that their type is made from, which the compiler cannot follow.
function read(definition: Definition, together: Together, env: Environment): unknown {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, input] of Object.entries(definition)) {
    const parsed = input.read(inputText(env, name))
    if (parsed.kind === 'value') values[camel(name)] = parsed.value
    else problems.push(...parsed.problems.map((problem) => `${name}: ${problem}`))
  }
  problems.push(...together(givenIn(definition, env)))
  if (problems.length > 0) throw new ActionError('invalid-input', listOfProblems(problems))
  return values
}

/** What the step was given, without blanks around it; empty when it was not. Source: GitHub, "jobs.<job_id>.steps[*].with". */
export function inputText(env: Environment, name: string): string {
  return (env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? '').trim()
}

function givenIn(definition: Definition, env: Environment): Parameters<Together>[0] {
  return (name) => {
    const written = inputText(env, name)
    return written === '' || written === definition[name]?.default ? undefined : written
  }
}

/** One problem as it is, several as a list below a line that counts them. */
export function listOfProblems(problems: readonly string[]): string {
  return problems.length === 1
    ? problems.join('')
    : [`${problems.length} problems with the inputs:`, ...problems].join('\n')
}

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
