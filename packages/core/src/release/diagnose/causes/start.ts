import type { Finding } from '../../finding.ts'
import type { Scene } from '../observed.ts'
import { findingsIn, type Reason, reasonsOf } from '../reasons.ts'
import { finding } from '../texts/finding-text.ts'
import { cannotStart } from '../texts/programs.ts'

/** Programs that could not be executed. Source: Developer Guide, "Stopped tasks error codes": CannotStartContainerError. */
export function startFailures(scene: Scene): Finding[] {
  return findingsIn(reasonsOf(scene), recognise)
}

/**
 * The container runtime says `exec: "PROGRAM": …`, with the quotation marks escaped where it quotes another, and Fargate
 * cuts long reasons off: `stat` alone says that the file was looked for in vain.
 */
function recognise({ container = 'of the task', text }: Reason): Finding | undefined {
  if (!text.includes('CannotStartContainerError')) return undefined
  const [, program, problem = ''] = /exec: \\*"(.+?)\\*": (.*)/s.exec(text) ?? []
  if (program === undefined) return undefined
  if (/^(executable file not found|stat |no such file)/.test(problem)) {
    return finding(cannotStart, cannotStart.cases.missing, { container, program }, [text])
  }
  return /^(permission denied|is a directory)/.test(problem)
    ? finding(cannotStart, cannotStart.cases.forbidden, { container, program }, [text])
    : undefined
}
