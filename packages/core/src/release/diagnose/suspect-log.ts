import { ActionError } from '../../action/action-error.ts'
import { parseArn } from '../../aws/arn.ts'
import type { ReleaseCalls } from '../calls.ts'
import { logStreamOf } from './log-stream.ts'
import type { Observed } from './observed.ts'
import type { Suspect } from './suspect.ts'

/** The end of a container's log, or why it cannot be shown. */
export type SuspectLog =
  | { kind: 'lines'; container: string; group: string; stream: string; lines: readonly string[] }
  /** There are no lines, or none yet. */
  | { kind: 'empty'; why: string }
  | { kind: 'unavailable'; why: string }

/**
 * Reads the last lines of the first suspect that has any. CloudWatch Logs shows lines some seconds after they were written, so that
 * the newest task can have stopped before its last ones are there, and an older one that ended alike says the same.
 */
export async function suspectLog(
  observed: Pick<Observed, 'definition' | 'service'>,
  suspects: readonly Suspect[],
  calls: Pick<ReleaseCalls, 'logTail'>,
  lineCount: number,
): Promise<SuspectLog | undefined> {
  let first: SuspectLog | undefined
  for (const suspect of suspects) {
    const log = await logOf(observed, suspect, calls, lineCount)
    if (log.kind !== 'empty') return log.kind === 'lines' ? log : (first ?? log)
    first ??= log
  }
  return first
}

async function logOf(
  { definition, service }: Pick<Observed, 'definition' | 'service'>,
  { container, died, task }: Suspect,
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
    const nothing = `container ${container} has written nothing to ${stream} in ${group}`
    const later = died ? ' so far; its last lines can come up to a minute after its end' : ''
    return { kind: 'empty', why: `${nothing}${later}` }
  } catch (error) {
    const hint = error instanceof ActionError && error.hint !== undefined ? ` ${error.hint}` : ''
    return { kind: 'unavailable', why: `${error instanceof Error ? error.message : String(error)}${hint}` }
  }
}
