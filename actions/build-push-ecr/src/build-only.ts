import { type Destination, placeOf } from './destination.ts'
import type { Found } from './look.ts'
import { makeImage, openDocker } from './make-image.ts'
import type { Plan } from './plan.ts'
import { newReport, type Report } from './report.ts'
import type { Stopwatch } from './stopwatch.ts'

/** Nothing leaves the builder, but into the local engine with load. */
export async function buildOnly(plan: Plan, found: Found, watch: Stopwatch): Promise<Report> {
  const { inputs, tags } = plan
  const destination = localDestination(plan, found)
  await using docker = await openDocker(plan, destination.host)
  const made = await watch.time('build', () => makeImage(plan, found, destination, docker))
  if (made.kind === 'tag-taken') throw made.error
  const image = `${destination.uri}:${tags.first}`
  return {
    ...newReport(plan, destination.uri),
    outcome: 'built',
    steps: made.steps,
    local: inputs.load ? image : undefined,
    message: inputs.load
      ? `Built ${image} into the local engine; nothing was pushed`
      : `Built ${image}; nothing was pushed`,
  }
}

/** The registry, whose cache is read, where it was reached; else the image is only called as it would be there. */
function localDestination(plan: Plan, { repository, cache }: Found): Destination {
  const { name, host } = plan.inputs.repository
  const place =
    repository !== undefined
      ? placeOf(plan, repository)
      : { uri: host === undefined ? name : `${host}/${name}`, host: '' }
  return { ...place, created: false, cache }
}
