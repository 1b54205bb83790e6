import { ActionError } from './action-error.ts'
import { causes, thrownText } from './causes.ts'
import type { Log } from './log.ts'

export const DEFECT = 'This looks like a defect of the action: please report it.'

/** Shows any thrown thing: what is behind it in a folded group, then one error annotation with the message and the hint. */
export async function reportFailure(log: Log, thrown: unknown): Promise<void> {
  const details = thrown instanceof ActionError ? causes(thrown) : [stack(thrown), ...causes(thrown)]
  if (details.length > 0) {
    await log.group('Details of the error', async () => {
      for (const detail of details) log.info(detail)
    })
  }
  if (thrown instanceof ActionError) log.error(failureText(thrown.message, thrown.hint))
  else log.error(failureText(`Unexpected failure: ${thrownText(thrown)}`, DEFECT))
}

export function failureText(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message}\n${hint}`
}

function stack(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrownText(thrown)) : thrownText(thrown)
}
