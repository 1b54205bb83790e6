import { placeOf } from './destination.ts'
import { buildsAnew, type Found } from './look.ts'
import type { Plan } from './plan.ts'
import { newReport, type Report } from './report.ts'

/** What a dry run tells: the preflight is done, and nothing else is. */
export function planned(plan: Plan, found: Found): Report {
  const { inputs, repository, tags, log } = plan
  const { builder } = found
  const uri = found.repository === undefined ? repository.name : placeOf(plan, found.repository).uri
  log.info(`Builder: ${builder.name} (driver ${builder.driver})`)
  if (found.repository === undefined && inputs.push)
    log.info(`Would create the repository ${repository.name}`)
  for (const { tag, moving } of tags.tags) {
    const digest = found.existing.get(tag)?.digest
    log.info(`Tag ${tag}: ${digest === undefined ? 'not there' : `is ${digest}`}${moving ? ', moves' : ''}`)
  }
  const there = found.existing.has(tags.first) && !buildsAnew(found.ifExists)
  const verb = inputs.push ? 'build and push' : 'build'
  const does = there ? `${uri}:${tags.first} is there already` : `would ${verb} ${uri}:${tags.first}`
  return { ...newReport(plan, uri), outcome: 'planned', message: `Dry run: ${does}` }
}
