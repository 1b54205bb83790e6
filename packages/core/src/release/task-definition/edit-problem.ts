import { ActionError } from '../../action/action-error.ts'
import { listOfProblems } from '../../action/spec.ts'

/** Why the edits of an input cannot be made. It never holds a value of a variable. */
export interface EditProblem {
  /** Begins with the input, as written in action.yml. */
  text: string
  /** What to write instead, as a sentence. */
  remedy: string | undefined
}

/** Throws one error that tells all problems, each once; does nothing when there are none. */
export function refuse(problems: readonly EditProblem[]): void {
  if (problems.length === 0) return
  const texts = [...new Set(problems.map(({ text }) => text))]
  const remedies = new Set(problems.flatMap(({ remedy }) => remedy ?? []))
  throw new ActionError('invalid-input', listOfProblems(texts), {
    hint: [...remedies].join(' ') || undefined,
  })
}
