import type { Finding } from '../../finding.ts'
import type { Scene } from '../observed.ts'
import { finding } from '../texts/finding-text.ts'
import { wrongArchitecture } from '../texts/images.ts'
import { interpreterMissing } from '../texts/programs.ts'
import { earlyDeaths, evidenceOf } from './deaths.ts'
import { imageOf, platformIn } from './image.ts'

/**
 * The kernel refused a program that is there. The container has started by then, so that no reason of ECS says so, only the log:
 * `exec /app: exec format error`, `exec /run.sh: no such file or directory`, or the older
 * `standard_init_linux.go:228: exec user process caused: exec format error`.
 */
const refusal =
  /^(?:exec (?<program>\S+)|standard_init_linux\.go:\d+: exec user process caused): (?<problem>.+?)\s*$/

/** A program for another CPU, or one whose interpreter is not in the image. */
export function refusedProgram(scene: Scene): Finding | undefined {
  const early = earlyDeaths(scene)
  const [first] = early
  if (first === undefined) return undefined
  const { container } = first.death
  const evidence = early.map(evidenceOf)
  const { program, problem } = scene.lines.map((line) => refusal.exec(line)?.groups).find(Boolean) ?? {}
  if (problem === 'exec format error') {
    const values = { image: imageOf(scene, container), platform: platformIn(scene) }
    return finding(wrongArchitecture, wrongArchitecture.cases.unexecutable, values, evidence)
  }
  if (problem !== 'no such file or directory') return undefined
  return program === undefined
    ? finding(interpreterMissing, interpreterMissing.cases.unnamed, { container }, evidence)
    : finding(interpreterMissing, interpreterMissing.cases.named, { container, program }, evidence)
}
