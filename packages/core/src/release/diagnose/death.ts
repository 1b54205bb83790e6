import type { Task, TaskContainer } from '../../aws/ecs-model.ts'
import type { JsonObject } from '../../aws/json.ts'
import { containersOf, textOf } from '../task-definition/document.ts'

/** A container that ended, with its exit code. */
export interface Death {
  container: string
  exitCode: number
  reason: string | undefined
}

/** Whether ECS says that the container ran out of memory; the exit code alone does not tell (ecs-model 1.3). */
export function isOutOfMemory({ reason }: Pick<TaskContainer, 'reason'>): boolean {
  return reason?.startsWith('OutOfMemoryError') ?? false
}

/**
 * The essential container whose end stopped the task. When one ends, ECS stops the others with SIGTERM and then SIGKILL,
 * so an exit code that these two do not explain is blamed before one that they do.
 */
export function deathIn(task: Task, definition: JsonObject): Death | undefined {
  const optional = containersOf(definition).filter(({ essential }) => essential === false)
  const names = new Set(optional.map((container) => textOf(container, 'name')))
  const [first] = task.containers
    .filter(({ name }) => !names.has(name))
    .flatMap(({ name, exitCode, reason }) =>
      exitCode === undefined ? [] : [{ container: name, exitCode, reason }],
    )
    .toSorted((one, other) => innocence(one) - innocence(other))
  return first
}

/** The lower, the likelier it ended by itself. */
function innocence(death: Death): number {
  if (isOutOfMemory(death)) return 0
  switch (death.exitCode) {
    case 143:
      return 4
    case 0:
      return 3
    case 137:
      return 2
    default:
      return 1
  }
}
