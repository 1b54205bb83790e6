import { ActionError } from '../../action/action-error.ts'
import { parseArn } from '../../aws/arn.ts'
import type { Task } from '../../aws/ecs-model.ts'
import type { ReleaseCalls } from '../calls.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'
import { logStreamOf } from './log-stream.ts'
import type { Observed } from './observed.ts'

/** The end of a container's log, or why it cannot be shown. */
export type SuspectLog =
  | { kind: 'lines'; container: string; group: string; stream: string; lines: readonly string[] }
  | { kind: 'unavailable'; why: string }

export interface Investigation extends Diagnosis {
  /** All tasks that were seen, those of earlier investigations included. */
  tasks: readonly Task[]
  /** undefined when no container is suspect or no lines were asked for. */
  log: SuspectLog | undefined
}

export interface InvestigateOptions {
  calls: Pick<ReleaseCalls, 'tasks' | 'logTail'>
  /** How many lines of the suspect's log to read; 0 reads none. */
  logLines: number
  /** What was found before: ECS forgets stopped tasks. */
  earlier?: Investigation | undefined
  trouble: (error: unknown) => void
}

/**
 * Reads the stopped tasks and the suspect's log, and diagnoses. ECS describes stopped tasks for about an hour, so this is done
 * as soon as a deployment has failed. What cannot be read is left out: a diagnosis must not hide the failure itself.
 */
export async function investigate(
  seen: Omit<Observed, 'tasks'>,
  options: InvestigateOptions,
): Promise<Investigation> {
  const { calls, earlier, trouble } = options
  const known = new Map((earlier?.tasks ?? []).map((task) => [task.arn, task]))
  for (const status of ['RUNNING', 'STOPPED'] as const) {
    try {
      for (const task of await calls.tasks(status)) known.set(task.arn, task)
    } catch (error) {
      trouble(error)
    }
  }
  const tasks = [...known.values()]
  const diagnosis = diagnose({ ...seen, tasks })
  const log = await logOf(seen, diagnosis.suspect, options)
  const kept = log?.kind === 'lines' ? log : (earlier?.log ?? log)
  return { ...diagnosis, tasks, log: kept }
}

async function logOf(
  { definition, service }: Omit<Observed, 'tasks'>,
  suspect: Diagnosis['suspect'],
  { calls, logLines }: InvestigateOptions,
): Promise<SuspectLog | undefined> {
  if (suspect === undefined || logLines === 0) return undefined
  const { container, task } = suspect
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
    const lines = await calls.logTail(group, stream, logLines)
    if (lines !== undefined && lines.length > 0) return { kind: 'lines', container, group, stream, lines }
    return { kind: 'unavailable', why: `container ${container} has written nothing to ${stream} in ${group}` }
  } catch (error) {
    const hint = error instanceof ActionError && error.hint !== undefined ? ` ${error.hint}` : ''
    return { kind: 'unavailable', why: `${error instanceof Error ? error.message : String(error)}${hint}` }
  }
}
