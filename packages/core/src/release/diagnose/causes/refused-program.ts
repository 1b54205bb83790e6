import type { Finding } from '../../finding.ts'
import { containersOf, textOf } from '../../task-definition/document.ts'
import type { Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { wrongArchitecture } from '../texts/images.ts'
import { interpreterMissing } from '../texts/programs.ts'
import { type Dead, earlyDeaths, evidenceOf } from './deaths.ts'
import { platformIn } from './image.ts'

/**
 * The kernel refused a program that is there. The container has started by then, so that no reason of ECS says so, only the log:
 * `exec /app: exec format error`, or the older `standard_init_linux.go:228: exec user process caused: exec format error`.
 */
const refusal =
  /^(?:exec (?<program>\S+)|standard_init_linux\.go:\d+: exec user process caused): (?<problem>.+?)\s*$/

/** A program for another CPU, or one whose interpreter is not in the image. */
export function refusedProgram(scene: Scene): Finding | undefined {
  const [first, ...others] = earlyDeaths(scene)
  if (first === undefined) return undefined
  const evidence = [first, ...others].map(evidenceOf)
  const { program, problem } = scene.lines.map((line) => refusal.exec(line)?.groups).find(Boolean) ?? {}
  if (problem === 'exec format error') {
    const values = { image: imageOf(scene, first), platform: platformIn(scene) }
    return finding(wrongArchitecture, wrongArchitecture.cases.unexecutable, values, evidence)
  }
  if (problem !== 'no such file or directory') return undefined
  const { container } = first.death
  return program === undefined
    ? finding(interpreterMissing, interpreterMissing.cases.unnamed, { container }, evidence)
    : finding(interpreterMissing, interpreterMissing.cases.named, { container, program }, evidence)
}

function imageOf({ definition }: Scene, { death }: Dead): string {
  const container = containersOf(definition).find((each) => textOf(each, 'name') === death.container)
  return (container && textOf(container, 'image')) ?? death.container
}
