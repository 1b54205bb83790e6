import { deathIn } from './death.ts'
import { explainDeath } from './exit-code.ts'
import { failedTasks, type Observed } from './observed.ts'

/** Tasks that stopped in the same way. */
export interface StoppedGroup {
  count: number
  /** ECS's words. */
  reason: string
  stopCode: string | undefined
  container: string | undefined
  exitCode: number | undefined
  /** What the exit code says, in ours. */
  meaning: string | undefined
  /** Task ids. */
  tasks: readonly string[]
}

/** The failed tasks of the deployment by what ended them, the most frequent first. */
export function stoppedGroups(observed: Observed): StoppedGroup[] {
  const groups = new Map<string, StoppedGroup>()
  for (const task of failedTasks(observed)) {
    // Where one container could not be started, the others were killed for it.
    const death = task.stopCode === 'TaskFailedToStart' ? undefined : deathIn(task, observed.definition)
    const texts = [task.stoppedReason, death?.reason ?? task.containers.find((each) => each.reason)?.reason]
    const reason = [...new Set(texts.filter((text) => text !== undefined))].join(' – ') || 'no reason given'
    const key = JSON.stringify([withoutIds(reason), task.stopCode, death?.container, death?.exitCode])
    const tasks = [...(groups.get(key)?.tasks ?? []), task.id]
    groups.set(key, {
      count: tasks.length,
      reason,
      stopCode: task.stopCode,
      container: death?.container,
      exitCode: death?.exitCode,
      meaning: death === undefined ? undefined : explainDeath(death.exitCode, task.stopCode),
      tasks,
    })
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count)
}

/** ECS puts the task and the request into some reasons, and how often it has tried: the same failure all the same. */
function withoutIds(reason: string): string {
  return reason
    .replace(/\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '#')
    .replace(/retried \d+ time/g, 'retried # time')
}
