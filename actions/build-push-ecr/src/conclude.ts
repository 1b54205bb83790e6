import type { Finished } from './finish.ts'
import type { Plan } from './plan.ts'
import { isHeld } from './publish.ts'
import type { Report } from './report.ts'

/** How the step ended, once the image has the tags that it could get. */
export function concluded(
  { repository, tags }: Pick<Plan, 'repository' | 'tags'>,
  report: Report,
  finished: Finished,
): Report {
  const { image, failure, judgement } = finished
  const count = finished.tags.filter(({ state }) => isHeld(state)).length
  const verb = report.reused ? 'Reused' : 'Pushed'
  const message = `${verb} ${repository.name}:${tags.first} as ${report.digest} with ${count} ${count === 1 ? 'tag' : 'tags'}`
  return {
    ...report,
    outcome: failure === undefined ? outcomeOf(report, finished) : 'failed',
    platforms: image.platforms,
    size: image.size,
    tags: finished.tags,
    judgement,
    message: failure?.message ?? message,
    hint: failure?.hint,
    findings: failure?.finding === undefined ? [] : [failure.finding],
  }
}

function outcomeOf({ reused }: Report, { tags }: Finished): Report['outcome'] {
  if (!reused) return 'pushed'
  return tags.every(({ state }) => state === 'unchanged' || state === 'left') ? 'no-change' : 'reused'
}
