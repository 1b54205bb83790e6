import { ActionError } from './action-error.ts'
import { causes, thrownText } from './causes.ts'
import { oneLine } from './foreign-text.ts'
import type { Log } from './log.ts'
import type { Summary } from './summary.ts'

export const DEFECT = 'This looks like a defect of the action: please report it.'

/** Shows any thrown thing: what is behind it in a folded group, then one error annotation with the message and the hint. */
export async function reportFailure(log: Log, thrown: unknown): Promise<void> {
  const details = thrown instanceof ActionError ? causes(thrown) : [stack(thrown), ...causes(thrown)]
  if (details.length > 0) {
    await log.group('Details of the error', async () => {
      for (const detail of details) log.info(detail)
    })
  }
  if (thrown instanceof ActionError) log.error(failureText(thrown.message, thrown.hint), thrown.at)
  else log.error(failureText(`Unexpected failure: ${thrownText(thrown)}`, DEFECT))
}

/** A message for a notification: of a list of problems, how many there are and the first. */
export function headline(message: string): string {
  const [first = '', next] = message.split('\n')
  if (next === undefined || !first.endsWith(':')) return oneLine(message)
  return oneLine(`${first.slice(0, -1)}, the first of them: ${next}`)
}

/** The same for the page of the run: several problems as a list, the remedy, and what a program wrote last. */
export function describeFailure(summary: Summary, thrown: unknown, message: string): void {
  const [first = '', ...problems] = message.split('\n')
  summary.sentence(first)
  if (problems.length > 0) summary.list(problems)
  if (!(thrown instanceof ActionError)) return
  if (thrown.hint !== undefined) summary.sentence(thrown.hint)
  if (thrown.excerpt !== undefined) summary.details(thrown.excerpt.title, thrown.excerpt.text)
}

export function failureText(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message}\n${hint}`
}

function stack(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrownText(thrown)) : thrownText(thrown)
}
