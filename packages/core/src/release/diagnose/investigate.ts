import { ActionError } from '../../action/action-error.ts'
import type { Task } from '../../aws/ecs-model.ts'
import type { ReleaseCalls } from '../calls.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'
import { type LookUpOptions, lookUp, orTold } from './look-up.ts'
import { type Observed, ownTasks, type Scene } from './observed.ts'
import { type Suspect, suspectsOf } from './suspect.ts'
import { type SuspectLog, suspectLog } from './suspect-log.ts'

export interface Investigation extends Diagnosis {
  /** All that was seen, in earlier investigations too: ECS forgets stopped tasks, and what has gone explains nothing any more. */
  seen: Scene
  /** All tasks that were seen. */
  tasks: readonly Task[]
  /** undefined when no container is suspect or no lines were asked for. */
  log: SuspectLog | undefined
  /** The container that died last, where its last lines have not come; undefined where none are missed. */
  unheard: Pick<Suspect, 'stoppedAt'> | undefined
}

export interface InvestigateOptions extends LookUpOptions {
  calls: Pick<ReleaseCalls, 'tasks' | 'logTail'>
  /** How many lines of the suspect's log to show; with 0 it is read and not shown. */
  logLines: number
  /** What was found before. */
  earlier?: Investigation | undefined
}

/** Enough to find out what a program said before it died. */
const linesForDiagnosis = 20

/**
 * Reads the stopped tasks and the suspect's log, and diagnoses. ECS describes stopped tasks for about an hour, so this is done
 * as soon as a deployment has failed. What cannot be read is left out: a diagnosis must not hide the failure itself.
 */
export async function investigate(
  now: Omit<Observed, 'tasks'>,
  options: InvestigateOptions,
): Promise<Investigation> {
  const { calls, earlier, logLines } = options
  const observed = withEarlier({ ...now, tasks: await tasksOf(options) }, earlier?.seen)
  const suspects = suspectsOf(observed)
  const log = await suspectLog(observed, suspects, calls, Math.max(logLines, linesForDiagnosis))
  const lines = log?.kind === 'lines' ? log.lines : (earlier?.seen.lines ?? [])
  const found = await lookUp(observed, options)
  const seen = { ...observed, ...withKnown(found, earlier?.seen), lines }
  const unheard = log?.kind === 'empty' && lines.length === 0 ? suspects.find(({ died }) => died) : undefined
  return { ...diagnose(seen), seen, tasks: observed.tasks, log: shown(log, earlier?.log, logLines), unheard }
}

/** The stopped tasks are what a cause is found in, so an error inside AWS, which mostly passes, does not keep from asking again. */
async function onceMore<T>(
  read: () => Promise<T>,
  trouble: (error: unknown) => void,
): Promise<T | undefined> {
  let again = false
  const heard = (error: unknown) => {
    again = error instanceof ActionError && (error.code === 'service-fault' || error.code === 'throttled')
    trouble(error)
  }
  const answer = await orTold(read, heard)
  return again ? orTold(read, trouble) : answer
}

async function tasksOf({ calls, earlier, trouble }: InvestigateOptions): Promise<Task[]> {
  const known = new Map((earlier?.tasks ?? []).map((task) => [task.arn, task]))
  for (const status of ['RUNNING', 'STOPPED'] as const) {
    for (const task of (await onceMore(() => calls.tasks(status), trouble)) ?? []) known.set(task.arn, task)
  }
  return [...known.values()]
}

/** What was looked up once still holds where it cannot be read again. */
function withKnown(
  { exposed, targetGroups }: Awaited<ReturnType<typeof lookUp>>,
  earlier: Scene | undefined,
): Pick<Scene, 'exposed' | 'targetGroups'> {
  return {
    exposed: new Map([...(earlier?.exposed ?? []), ...exposed]),
    targetGroups: targetGroups.length > 0 ? targetGroups : (earlier?.targetGroups ?? []),
  }
}

/** After a rollback the tasks, the targets and the entry of the deployment that failed are gone. */
function withEarlier(observed: Observed, earlier: Observed | undefined): Observed {
  if (earlier === undefined) return observed
  const { service, targets } = observed
  const own = new Set(ownTasks(observed).flatMap(({ address }) => address ?? []))
  const listed = new Set(targets.map(({ id, port }) => `${id}:${port}`))
  const sick = earlier.targets.filter(
    ({ id, port, state }) => state === 'unhealthy' && own.has(id) && !listed.has(`${id}:${port}`),
  )
  const known = new Set(service.deployments.map(({ id }) => id))
  const gone = earlier.service.deployments.filter(({ id }) => !known.has(id))
  return {
    ...observed,
    targets: [...targets, ...sick],
    service: { ...service, deployments: [...service.deployments, ...gone] },
  }
}

/** The newest lines that could be read, no more than were asked for. */
function shown(
  log: SuspectLog | undefined,
  earlier: SuspectLog | undefined,
  count: number,
): SuspectLog | undefined {
  if (count === 0) return undefined
  if (log?.kind === 'lines') return { ...log, lines: log.lines.slice(-count) }
  return earlier ?? log
}
