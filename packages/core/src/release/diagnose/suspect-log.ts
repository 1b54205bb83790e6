import { ActionError } from '../../action/action-error.ts'
import { parseArn } from '../../aws/arn.ts'
import type { ReleaseCalls } from '../calls.ts'
import { logStreamOf } from './log-stream.ts'
import type { Observed } from './observed.ts'
import type { Suspect } from './suspect.ts'

/** The end of a container's log, or why it cannot be shown. */
export type SuspectLog =
  | { kind: 'lines'; container: string; group: string; stream: string; lines: readonly string[] }
  | { kind: 'unavailable'; why: string }

/** Reads the last lines of the suspect's log. */
export async function suspectLog(
  { definition, service }: Pick<Observed, 'definition' | 'service'>,
  { container, task }: Suspect,
  calls: Pick<ReleaseCalls, 'logTail'>,
  lineCount: number,
): Promise<SuspectLog> {
  const place = logStreamOf(definition, container, task)
  if (place === undefined) {
    return {
      kind: 'unavailable',
      why: `container ${container} does not log with awslogs and a stream prefix`,
    }
  }
  const { group, stream, region } = place
  if (region !== undefined && region !== parseArn(service.arn)?.region) {
    return {
      kind: 'unavailable',
      why: `container ${container} logs to ${group} in another Region, ${region}`,
    }
  }
  try {
    const lines = await calls.logTail(group, stream, lineCount)
    if (lines !== undefined && lines.length > 0) return { kind: 'lines', container, group, stream, lines }
    return { kind: 'unavailable', why: `container ${container} has written nothing to ${stream} in ${group}` }
  } catch (error) {
    const hint = error instanceof ActionError && error.hint !== undefined ? ` ${error.hint}` : ''
    return { kind: 'unavailable', why: `${error instanceof Error ? error.message : String(error)}${hint}` }
  }
}
