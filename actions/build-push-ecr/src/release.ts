import type { ActionContext, ActionResult } from '@ecs-release/core'
import { buildOnly } from './build-only.ts'
import type { Builder } from './docker/builder.ts'
import type { Inputs } from './inputs.ts'
import { type Found, look } from './look.ts'
import { makePlan, type Plan } from './plan.ts'
import { planned } from './planned.ts'
import { push } from './push.ts'
import { refuseEarly } from './refuse-early.ts'
import { outputsOf, type Report } from './report.ts'
import { type Stopwatch, stopwatch } from './stopwatch.ts'
import { summarize } from './summary.ts'

/** Looks and refuses, builds at most once, and then gives the image its tags. */
export async function release(
  context: ActionContext<Inputs>,
  inspected: Promise<Builder>,
): Promise<ActionResult> {
  const watch = stopwatch(context.clock)
  const plan = makePlan(context)
  for (const skipped of plan.tags.skipped) plan.log.info(`Leaves out the tag ${skipped}`)
  const found = await watch.time('preflight', async () => {
    const seen = await look(plan, inspected)
    refuseEarly(plan, seen)
    return seen
  })
  tellOtherCheckout(plan, found)
  return ended(context, watch, await reported(context, plan, found, watch))
}

async function reported(
  context: ActionContext<Inputs>,
  plan: Plan,
  found: Found,
  watch: Stopwatch,
): Promise<Report> {
  if (plan.inputs.dryRun) return planned(plan, found)
  return plan.inputs.push ? push(context, plan, found, watch) : buildOnly(plan, found, watch)
}

/**
 * These check out the pull request's merge with the base, which is as it should be; pull_request_target and workflow_run check out the
 * default branch. Source: GitHub, "Events that trigger workflows".
 */
const CHECKS_OUT_MERGE = /^pull_request(_review(_comment)?)?$/

function tellOtherCheckout({ facts, log }: Plan, { checkout }: Found): void {
  if (checkout === undefined || facts.commit === undefined || CHECKS_OUT_MERGE.test(facts.event)) return
  if (checkout.commit === facts.commit) return
  log.warning(`The tags name the commit ${facts.commit}, and ${checkout.commit} is checked out`)
}

/** A failure is printed as the error annotation. */
function ended({ summary, log }: ActionContext<Inputs>, watch: Stopwatch, report: Report): ActionResult {
  const complete = { ...report, phases: watch.phases() }
  summarize(summary, complete)
  const outputs = outputsOf(complete)
  if (report.outcome === 'failed') return { outputs, failure: report.message, hint: report.hint }
  log.info(report.message)
  return { outputs }
}
