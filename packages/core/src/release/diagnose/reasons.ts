import type { Finding } from '../finding.ts'
import { containersOf, textOf } from '../task-definition/document.ts'
import { failedTasks, type Scene } from './observed.ts'

/** Why a task failed, in ECS's words. */
export interface Reason {
  text: string
  /** undefined where ECS names none. */
  container: string | undefined
}

/** What ECS says of each failed task of the deployment. Fargate repeats the reason of the container as that of the task. */
export function reasonsOf(scene: Scene): Reason[] {
  return failedTasks(scene).flatMap(({ containers, stoppedReason = '' }) => {
    const own = containers.flatMap(({ name, reason }) =>
      reason === undefined ? [] : [{ text: reason, container: name }],
    )
    const said = own.some(({ text }) => text === stoppedReason)
    return said ? own : [...own, { text: stoppedReason, container: undefined }]
  })
}

/** One finding for all reasons that say the same. */
export function findingsIn(
  reasons: readonly Reason[],
  recognise: (reason: Reason) => Finding | undefined,
): Finding[] {
  const found = new Map<string, Finding>()
  for (const reason of reasons) {
    const finding = recognise(reason)
    if (finding === undefined) continue
    const evidence = [...(found.get(finding.cause)?.evidence ?? []), ...finding.evidence]
    found.set(finding.cause, { ...finding, evidence: [...new Set(evidence)] })
  }
  return [...found.values()]
}

/** The images that a reason may be about: that of its container, else those that it names, else all. */
export function imagesIn({ definition }: Scene, { container, text }: Reason): string[] {
  const all = containersOf(definition)
  const own = all.filter((each) => textOf(each, 'name') === container)
  const images = (of: typeof all) => of.flatMap((each) => textOf(each, 'image') ?? [])
  if (own.length > 0) return images(own)
  const named = images(all).filter((image) => text.includes(image))
  return named.length > 0 ? named : images(all)
}

/** The name in `arn:…:role/path/NAME`; `(none)` for a task definition without an execution role. */
export function executionRoleOf({ definition }: Scene): string {
  return textOf(definition, 'executionRoleArn')?.split('/').at(-1) ?? '(none)'
}
