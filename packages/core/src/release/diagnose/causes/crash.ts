import type { Task } from '../../../aws/ecs-model.ts'
import type { Finding } from '../../finding.ts'
import { containersOf, textOf } from '../../task-definition/document.ts'
import { type Death, deathIn, isOutOfMemory } from '../death.ts'
import { explainExitCode } from '../exit-code.ts'
import { failedTasks, type Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { wrongArchitecture } from '../texts/images.ts'
import { crashOnStart, outOfMemory } from '../texts/programs.ts'
import { platformIn } from './image.ts'

/** A program that ends later than that has started all right. Milliseconds. */
const start = 5 * 60_000

/** Containers that ended by themselves, and with them their tasks. */
export function crashes(scene: Scene): Finding[] {
  const found = [memory(scene), unexecutable(scene) ?? crash(scene)]
  return found.filter((each) => each !== undefined)
}

/** An essential container ended by itself soon after its start. */
function crash(scene: Scene): Finding | undefined {
  const early = earlyDeaths(scene)
  const [first] = early
  if (first === undefined) return undefined
  const { container, exitCode } = first.death
  const values = { container, exitCode, explained: explainExitCode(exitCode), tasks: counted(early) }
  return finding(crashOnStart, crashOnStart.cases[kindOf(exitCode)], values, early.map(evidenceOf))
}

function kindOf(exitCode: number): keyof typeof crashOnStart.cases {
  if (exitCode === 126 || exitCode === 127) return 'command'
  return exitCode === 0 ? 'finished' : 'error'
}

/**
 * The kernel refused the program. No reason of ECS says so, only the log: `exec /app: exec format error`, or the older
 * `standard_init_linux.go:228: exec user process caused: exec format error`.
 */
function unexecutable(scene: Scene): Finding | undefined {
  const early = earlyDeaths(scene)
  const [first] = early
  const refused = scene.lines.some((line) =>
    /^(exec \S+|standard_init_linux\.go:\d+: exec user process caused): exec format error\s*$/.test(line),
  )
  if (first === undefined || !refused) return undefined
  const container = containersOf(scene.definition).find(
    (each) => textOf(each, 'name') === first.death.container,
  )
  const image = (container && textOf(container, 'image')) ?? first.death.container
  const values = { image, platform: platformIn(scene) }
  return finding(wrongArchitecture, wrongArchitecture.cases.unexecutable, values, early.map(evidenceOf))
}

/** ECS says that a container ran out of memory. SIGKILL alone would not: it also ends a container that is slow to stop. */
function memory(scene: Scene): Finding | undefined {
  const kills = deaths(scene).filter(({ death }) => isOutOfMemory(death))
  const [first] = kills
  if (first === undefined) return undefined
  const { container } = first.death
  const limit = limitOf(scene, container)
  const evidence = kills.map(({ task, death }) => `task ${task.id}: ${death.reason}`)
  const values = { container, tasks: counted(kills) }
  return limit === undefined
    ? finding(outOfMemory, outOfMemory.cases.unknown, values, evidence)
    : finding(outOfMemory, outOfMemory.cases.limit, { ...values, limit }, evidence)
}

/** MiB: the hard limit of the container, else that of the task. */
function limitOf({ definition }: Scene, name: string): string | undefined {
  const container = containersOf(definition).find((each) => textOf(each, 'name') === name)
  return typeof container?.memory === 'number' ? String(container.memory) : textOf(definition, 'memory')
}

interface Dead {
  task: Task
  death: Death
}

function deaths(scene: Scene): Dead[] {
  return failedTasks(scene).flatMap((task) => {
    const death = deathIn(task, scene.definition)
    return task.stopCode === 'EssentialContainerExited' && death !== undefined ? [{ task, death }] : []
  })
}

function earlyDeaths(scene: Scene): Dead[] {
  return deaths(scene).filter(({ task, death }) => !isOutOfMemory(death) && ranFor(task) <= start)
}

function evidenceOf({ death, task }: Dead): string {
  return `task ${task.id}: ${task.stoppedReason ?? ''} (exit code ${death.exitCode})`
}

function ranFor({ startedAt, stoppedAt }: Task): number {
  return startedAt === undefined || stoppedAt === undefined ? 0 : stoppedAt.getTime() - startedAt.getTime()
}

function counted(tasks: readonly unknown[]): string {
  return tasks.length === 1 ? '1 task' : `${tasks.length} tasks`
}
