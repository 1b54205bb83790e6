import type { Finding } from '../../finding.ts'
import { missingImageRemedy } from '../../preflight/image-findings.ts'
import { containersOf, textOf } from '../../task-definition/document.ts'
import { eventsSince, failedTasks, type Observed } from '../observed.ts'

/** The registry has no such image. A denied or impossible connection is another matter, and so is an older image. */
export function imageMissing(observed: Observed): Finding | undefined {
  const images = containersOf(observed.definition).flatMap((container) => textOf(container, 'image') ?? [])
  const reasons = failedTasks(observed).flatMap(({ stoppedReason, containers }) => [
    stoppedReason ?? '',
    ...containers.map(({ reason }) => reason ?? ''),
  ])
  const events = eventsSince(observed).filter((message) => images.some((image) => message.includes(image)))
  const evidence = [...new Set([...reasons, ...events].filter(saysMissing))]
  if (evidence.length === 0) return undefined
  const named = images.find((image) => evidence.some((text) => text.includes(image)))
  return {
    code: 'image-missing',
    cause: `the image ${named ?? images.join(', ')} cannot be pulled: the registry does not have it`,
    remedy: missingImageRemedy,
    evidence,
  }
}

/** Source: Amazon ECS, "CannotPullContainer task errors". */
function saysMissing(text: string): boolean {
  return (
    text.includes('CannotPullContainerError') &&
    /: not found|manifest unknown|manifest for \S+ not found|repository \S+ not found|repository does not exist/.test(
      text,
    )
  )
}
