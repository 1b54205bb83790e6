import type { EditProblem } from './edit-problem.ts'

/** How an input tells for which container an edit is, for the message about one that does not. */
export interface EditWords {
  /** The input, as written in action.yml. */
  input: string
  /** What the edit is about, to begin a sentence. Never a value of a variable. */
  what: string
  /** The form of a line that names its container. */
  form: string
}

/** The container that an edit is for: the one that it names, or the only one. A problem when it names none, or one that does not exist. */
export function containerOf(
  names: readonly string[],
  named: string | undefined,
  { form, input, what }: EditWords,
): string | EditProblem {
  const container = named ?? (names.length === 1 ? names[0] : undefined)
  if (container === undefined) {
    return {
      text: `${input}: ${what} does not say for which container it is`,
      remedy: `Write ${form}; the containers are: ${names.join(', ')}.`,
    }
  }
  if (names.includes(container)) return container
  return {
    text: `${input}: there is no container "${container}" in the task definition`,
    remedy: `Its containers are: ${names.join(', ')}.`,
  }
}
