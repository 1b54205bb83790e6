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
import { tellCommit } from './tell-commit.ts'

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
  tellCommit(plan, found)
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

/** A failure is printed as the error annotation. */
function ended({ summary, log }: ActionContext<Inputs>, watch: Stopwatch, report: Report): ActionResult {
  const complete = { ...report, phases: watch.phases() }
  summarize(summary, complete)
  const outputs = outputsOf(complete)
  if (report.outcome === 'failed') return { outputs, failure: report.message, hint: report.hint }
  log.info(report.message)
  return { outputs }
}
