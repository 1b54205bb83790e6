import type { Finding } from '../../finding.ts'
import { containerNamed, textOf } from '../../task-definition/document.ts'
import { isOutOfMemory } from '../death.ts'
import { explainExitCode } from '../exit-code.ts'
import type { Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { crashOnStart, outOfMemory } from '../texts/programs.ts'
import { counted, deaths, earlyDeaths, evidenceOf } from './deaths.ts'
import { refusedProgram } from './refused-program.ts'

/** Containers that ended by themselves, and with them their tasks. */
export function crashes(scene: Scene): Finding[] {
  const found = [memory(scene), refusedProgram(scene) ?? crash(scene)]
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
  const container = containerNamed(definition, name)
  return typeof container?.memory === 'number' ? String(container.memory) : textOf(definition, 'memory')
}
