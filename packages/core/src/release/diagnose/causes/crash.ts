import type { Task } from '../../../aws/ecs-model.ts'
import type { Finding } from '../../finding.ts'
import { type Death, deathIn, isOutOfMemory } from '../death.ts'
import { explainExitCode } from '../exit-code.ts'
import { failedTasks, type Observed } from '../observed.ts'

/** A program that ends later than that has started all right. Milliseconds. */
const start = 5 * 60_000

/** An essential container ended by itself soon after its start. */
export function crashOnStart(observed: Observed): Finding | undefined {
  const crashes = deaths(observed).filter(({ task, death }) => !isOutOfMemory(death) && ranFor(task) <= start)
  const [first] = crashes
  if (first === undefined) return undefined
  const { container, exitCode } = first.death
  return {
    code: 'crash-on-start',
    cause: `container ${container} ends soon after its start with exit code ${exitCode} (${explainExitCode(exitCode)}) in ${counted(crashes)}`,
    remedy: remedyFor(exitCode),
    evidence: crashes.map(
      ({ task, death }) => `task ${task.id}: ${task.stoppedReason ?? ''} (exit code ${death.exitCode})`,
    ),
  }
}

/** ECS says that a container ran out of memory. SIGKILL alone would not: it also ends a container that is slow to stop. */
export function outOfMemory(observed: Observed): Finding | undefined {
  const kills = deaths(observed).filter(({ death }) => isOutOfMemory(death))
  const [first] = kills
  if (first === undefined) return undefined
  return {
    code: 'out-of-memory',
    cause: `container ${first.death.container} needs more memory than it may use; it was killed in ${counted(kills)}`,
    remedy:
      'Raise memory in the task definition (of the task, and of the container where it has its own limit), or limit the heap of the program below it.',
    evidence: kills.map(({ task, death }) => `task ${task.id}: ${death.reason}`),
  }
}

function deaths(observed: Observed): { task: Task; death: Death }[] {
  return failedTasks(observed).flatMap((task) => {
    const death = deathIn(task, observed.definition)
    return task.stopCode === 'EssentialContainerExited' && death !== undefined ? [{ task, death }] : []
  })
}

function ranFor({ startedAt, stoppedAt }: Task): number {
  return startedAt === undefined || stoppedAt === undefined ? 0 : stoppedAt.getTime() - startedAt.getTime()
}

function counted(tasks: readonly unknown[]): string {
  return tasks.length === 1 ? '1 task' : `${tasks.length} tasks`
}

function remedyFor(exitCode: number): string {
  if (exitCode === 126 || exitCode === 127) {
    return 'Check entryPoint and command of the container against the files in the image, and that the image is built for the CPU architecture of the task.'
  }
  if (exitCode === 0)
    return 'A service has to keep running in the foreground: check entryPoint and command of the container.'
  return 'Read its last log lines: mostly a variable, a secret or a connection is missing that it needs at the start. Run the same image with the same variables elsewhere to try it.'
}
