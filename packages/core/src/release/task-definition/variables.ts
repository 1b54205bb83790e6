import type { JsonObject } from '../../aws/json.ts'
import { containerOf } from './container-of.ts'
import { containerNames, containersOf, textOf } from './document.ts'
import { type EditProblem, refuse } from './edit-problem.ts'
import { type AppliedEdit, applied, type VariableKind } from './variable-lists.ts'

/** A change of one environment variable, or of one secret. */
export interface VariableEdit {
  /** undefined where only one container can be meant. */
  container: string | undefined
  name: string
  /** The value of a variable, the ARN of a secret; undefined removes it. */
  value: string | undefined
}

/** What the inputs environment-variables and secrets ask for. */
export interface VariableEdits {
  variables: readonly VariableEdit[]
  secrets: readonly VariableEdit[]
}

/** What became of one edit. It holds no value. */
export interface VariableChange {
  kind: VariableKind
  container: string
  name: string
  /** `absent`: it was to be removed and was not there. `moved`: it was of the other kind before. */
  change: 'added' | 'changed' | 'unchanged' | 'removed' | 'absent' | 'moved'
}

interface Edit {
  kind: VariableKind
  container: string
  name: string
  value: string | undefined
}

const inputOf = { variable: 'environment-variables', secret: 'secrets' } as const

/**
 * A copy of the task definition with those variables and secrets, and what became of each edit, in their order. Amazon ECS takes
 * no name that is a variable and a secret of one container, so setting the one removes the other. Throws when the edits name what
 * does not exist or contradict each other; no message holds a value.
 */
export function withVariables(
  definition: JsonObject,
  wanted: VariableEdits,
): { definition: JsonObject; changes: readonly VariableChange[] } {
  const { edits, problems } = resolvedVariables(definition, wanted)
  refuse(problems)
  if (edits.length === 0) return { definition, changes: [] }
  const changes: VariableChange[] = []
  const containerDefinitions = containersOf(definition).map((container) => {
    const own = edits.filter((edit) => edit.container === textOf(container, 'name'))
    return own.reduce((edited, edit) => {
      const { change, container: next }: AppliedEdit = applied(edited, edit)
      changes.push({ kind: edit.kind, container: edit.container, name: edit.name, change })
      return next
    }, container)
  })
  return { definition: { ...definition, containerDefinitions }, changes }
}

/** The edits with their containers, and what is wrong with them. */
export function resolvedVariables(
  definition: JsonObject,
  { secrets, variables }: VariableEdits,
): { edits: readonly Edit[]; problems: readonly EditProblem[] } {
  const names = containerNames(definition)
  const resolved = [
    ...variables.map((edit) => withContainer(names, 'variable', edit)),
    ...secrets.map((edit) => withContainer(names, 'secret', edit)),
  ]
  const edits = resolved.filter((each) => 'container' in each)
  const unplaced = resolved.filter((each) => 'text' in each)
  return { edits, problems: [...unplaced, ...contradictions(edits)] }
}

function withContainer(
  names: readonly string[],
  kind: VariableKind,
  { container: named, name, value }: VariableEdit,
): Edit | EditProblem {
  const form = `container:${value === undefined ? '-' : ''}${name}${value === undefined ? '' : '=…'}`
  const container = containerOf(names, named, { input: inputOf[kind], what: name, form })
  return typeof container === 'string' ? { kind, container, name, value } : container
}

/** One edit for a name, but for a removal beside a setting of the other kind, which says in full what setting alone does too. */
function contradictions(edits: readonly Edit[]): EditProblem[] {
  return edits.flatMap(({ container, kind, name, value }, index): EditProblem[] => {
    const others = edits
      .slice(0, index)
      .filter((other) => other.container === container && other.name === name)
    if (others.some((other) => other.kind === kind)) {
      const text = `${inputOf[kind]}: ${name} of container "${container}" is given twice`
      return [{ text, remedy: undefined }]
    }
    if (value === undefined || others.every((other) => other.value === undefined)) return []
    return [
      {
        text: `secrets: ${name} of container "${container}" is given in environment-variables too`,
        remedy:
          'In a container a name is either an environment variable or a secret: give it in one of the two inputs.',
      },
    ]
  })
}
