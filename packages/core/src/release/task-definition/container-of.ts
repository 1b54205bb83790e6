import { ActionError } from '../../action/action-error.ts'

/** How an input tells for which container an edit is, for the message about one that does not. */
export interface EditWords {
  /** The input, as written in action.yml. */
  input: string
  /** What the edit is about, to begin a sentence. Never a value of a variable. */
  what: string
  /** The form of a line that names its container. */
  form: string
}

/** The container that an edit is for: the one that it names, or the only one. Throws when it names none, or one that does not exist. */
export function containerOf(
  names: readonly string[],
  named: string | undefined,
  { form, input, what }: EditWords,
): string {
  const container = named ?? (names.length === 1 ? names[0] : undefined)
  if (container === undefined) {
    throw new ActionError('invalid-input', `${input}: ${what} does not say for which container it is`, {
      hint: `Write ${form}; the containers are: ${names.join(', ')}.`,
    })
  }
  if (!names.includes(container)) {
    throw new ActionError(
      'invalid-input',
      `${input}: there is no container "${container}" in the task definition`,
      { hint: `Its containers are: ${names.join(', ')}.` },
    )
  }
  return container
}
