import type { Task } from '../../../aws/ecs-model.ts'
import { type Death, deathIn, isOutOfMemory } from '../death.ts'
import { failedTasks, type Scene } from '../observed.ts'

/** A program that ends later than that has started all right. Milliseconds. */
const start = 5 * 60_000

/** A task that an essential container of it ended. */
export interface Dead {
  task: Task
  death: Death
}

/** Of the tasks that failed, those that ended because a container of theirs did. */
export function deaths(scene: Scene): Dead[] {
  return failedTasks(scene).flatMap((task) => {
    const death = deathIn(task, scene.definition)
    return task.stopCode === 'EssentialContainerExited' && death !== undefined ? [{ task, death }] : []
  })
}

/** Those that came soon after the start, and not for want of memory. */
export function earlyDeaths(scene: Scene): Dead[] {
  return deaths(scene).filter(({ task, death }) => !isOutOfMemory(death) && ranFor(task) <= start)
}

export function evidenceOf({ death, task }: Dead): string {
  return `task ${task.id}: ${task.stoppedReason ?? ''} (exit code ${death.exitCode})`
}

function ranFor({ startedAt, stoppedAt }: Task): number {
  return startedAt === undefined || stoppedAt === undefined ? 0 : stoppedAt.getTime() - startedAt.getTime()
}

/** `1 task`, `3 tasks` */
export function counted(tasks: readonly unknown[]): string {
  return tasks.length === 1 ? '1 task' : `${tasks.length} tasks`
}
