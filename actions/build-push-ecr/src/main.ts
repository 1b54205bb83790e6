import type { ActionContext, ActionResult, Main } from '@ecs-release/core'
import { type Destination, destinationOf, openDestination, refuseEarly } from './destination.ts'
import { finish } from './finish.ts'
import type { Inputs } from './inputs.ts'
import { type Found, look } from './look.ts'
import { makeImage, reusable } from './make-image.ts'
import { makePlan, type Plan } from './plan.ts'
import { planned } from './planned.ts'
import { newReport, outputsOf, type Report, summarize } from './report.ts'
import { type Stopwatch, stopwatch } from './stopwatch.ts'
import { readPushed } from './stored-image.ts'

/** Looks and refuses, builds at most once, and then gives the image its tags. */
export const main: Main<Inputs> = async (context) => {
  const watch = stopwatch(context.clock)
  const plan = makePlan(context)
  for (const skipped of plan.tags.skipped) plan.log.info(`Leaves out the tag ${skipped}`)
  const found = await watch.time('preflight', async () => {
    const seen = await look(plan)
    if (plan.inputs.push) refuseEarly(plan, seen)
    return seen
  })
  tellOtherCheckout(plan, found)
  if (plan.inputs.dryRun) return ended(context, watch, planned(plan, found))
  if (!plan.inputs.push) return ended(context, watch, await buildOnly(plan, found, watch))
  return push(context, plan, found, watch)
}

async function push(
  context: ActionContext<Inputs>,
  plan: Plan,
  found: Found,
  watch: Stopwatch,
): Promise<ActionResult> {
  const { clients, keeper, repository, tags, clock } = plan
  const destination = await watch.time('preflight', () => openDestination(plan, found))
  const registry = { clients, keeper, repository, host: destination.host }
  let report = newReport(destination.uri, tags)
  report.created = destination.created

  let image = await watch.time('preflight', () => reusable(plan, found, registry))
  report.reused = image !== undefined
  if (image === undefined) {
    const built = await watch.time('build and push', () => makeImage(plan, found, destination))
    report.steps = built.steps
    image = await watch.time('tags', () => readPushed(registry, built.digest ?? '', clock))
  }
  const { digest } = image.stored
  report = {
    ...report,
    digest,
    platforms: image.platforms,
    size: image.size,
    tags: [{ tag: tags.first, state: 'pushed' }],
  }
  // They stand even if the step is cancelled from here on.
  for (const [name, value] of Object.entries(outputsOf(report))) context.output(name, value)

  const { failure, ...finished } = await finish(plan, found, image, watch)
  const verb = report.reused ? 'Reused' : 'Pushed'
  const message =
    failure?.message ??
    `${verb} ${repository.name}:${tags.first} as ${digest} with ${finished.tags.length} tags`
  report = {
    ...report,
    ...finished,
    message,
    findings: failure?.finding === undefined ? [] : [failure.finding],
  }
  return { ...ended(context, watch, report), failure: failure?.message, hint: failure?.hint }
}

/** Nothing leaves the builder, but into the local engine with load. */
async function buildOnly(plan: Plan, found: Found, watch: Stopwatch): Promise<Report> {
  const { inputs, repository, tags } = plan
  const known = found.repository && destinationOf(plan, found.repository, false)
  const { host } = inputs.repository
  const local: Destination = {
    uri: host === undefined ? repository.name : `${host}/${repository.name}`,
    host: host ?? '',
    created: false,
  }
  const destination = known ?? local
  const { steps } = await watch.time('build', () => makeImage(plan, found, destination))
  const image = `${destination.uri}:${tags.first}`
  const message = inputs.load
    ? `Built ${image} into the local engine; nothing was pushed`
    : `Built ${image}; nothing was pushed`
  return { ...newReport(destination.uri, tags), steps, message }
}

/** For a pull request GitHub checks out its merge with the base, which is as it should be. */
function tellOtherCheckout({ facts, log }: Plan, { checkout }: Found): void {
  if (checkout === undefined || facts.commit === undefined || facts.pullRequest) return
  if (checkout.commit === facts.commit) return
  log.warning(`The tags name the commit ${facts.commit}, and ${checkout.commit} is checked out`)
}

function ended({ summary, log }: ActionContext<Inputs>, watch: Stopwatch, report: Report): ActionResult {
  const complete = { ...report, phases: watch.phases() }
  log.info(report.message)
  summarize(summary, complete)
  return { outputs: outputsOf(complete) }
}
