import {
  correlate,
  type Investigation,
  investigate,
  type JsonObject,
  narrator,
  type ServiceDeployment,
  type View,
  type WatchEnd,
  type WhyStopped,
  watch,
  whyStopped,
} from '@ecs-release/core'
import type { Started } from './deploy.ts'
import { tellDiagnosis } from './diagnosis-text.ts'
import { logLines } from './log-lines.ts'
import type { Run } from './run.ts'

/** What is known when the deployment has ended, or the wait has. */
export interface Followed {
  deploymentArn: string | undefined
  deployment: ServiceDeployment | undefined
  /** undefined for a deployment that did not fail. */
  investigation: Investigation | undefined
  stopped: WhyStopped
}

const notStopped: WhyStopped = { supersededBy: undefined, detected: false }

/** An old deployment that ECS no longer lists is not waited for long. Milliseconds. */
const oldListing = 15_000

/** Finds the service deployment and follows it to its end, telling what happens. */
export async function follow(run: Run, started: Started, definition: JsonObject): Promise<Followed> {
  if (!started.isNew && started.primary.rolloutState === 'COMPLETED') return unfollowed
  return run.log.group('Progress', () => followTo(run, started, definition))
}

async function followTo(run: Run, started: Started, definition: JsonObject): Promise<Followed> {
  const { calls, clock, inputs, log, logbook, signal, trouble } = run
  const { isNew, primary, service, updatedAt } = started
  const deadline = updatedAt + inputs.timeout * 1000
  const listedBy = isNew ? deadline : Math.min(deadline, clock.now() + oldListing)
  const brief = await correlate(primary, { calls, clock, deadline: listedBy, trouble, signal })
  if (brief === undefined) return unfollowed
  log.info(`Following ${brief.arn}`)
  const look = looking(run, started, definition)
  const end = await watch({
    calls,
    clock,
    deploymentArn: brief.arn,
    service,
    startedAt: updatedAt,
    deadline,
    until: inputs.waitUntil,
    observer: look.observer,
    signal,
  })
  const deployment = end.view?.deployment
  logbook.note(`${primary.id} ended as ${deployment?.status ?? 'unknown'}`)
  const stopped =
    deployment?.status === 'STOPPED'
      ? await whyStopped(deployment, { calls, clock, trouble, signal })
      : notStopped
  const investigation = needsDiagnosis(end, stopped) ? await look.investigated(end.view) : undefined
  return { deploymentArn: brief.arn, deployment, investigation, stopped }
}

const unfollowed: Followed = {
  deploymentArn: undefined,
  deployment: undefined,
  investigation: undefined,
  stopped: notStopped,
}

function needsDiagnosis(end: WatchEnd, { supersededBy }: WhyStopped): boolean {
  if (end.kind === 'timed-out') return true
  return end.kind === 'ended' && end.view.deployment.status !== 'SUCCESSFUL' && supersededBy === undefined
}

/** Tells each look, and diagnoses with what was found before. */
function looking(run: Run, started: Started, definition: JsonObject) {
  const { primary, service } = started
  const earlierEvents = eventsBefore(started)
  const narrate = narrator(run.log.info, earlierEvents)
  let earlier: Investigation | undefined
  let status = ''
  const investigated = async (view: View | undefined): Promise<Investigation> => {
    const seen = view ?? { deployment: undefined, service, targets: [] }
    const { deployment, targets } = seen
    const deploymentId = primary.id
    const facts = { deploymentId, deployment, service: seen.service, targets, definition, earlierEvents }
    const first = earlier === undefined
    earlier = await investigate(facts, {
      calls: run.calls,
      logLines: logLines(run),
      earlier,
      trouble: run.trouble,
    })
    if (first) tellDiagnosis(run.log, earlier)
    return earlier
  }
  const look = (view: View) => {
    narrate(view)
    if (view.deployment.status !== status) run.logbook.note(`${primary.id} is ${view.deployment.status}`)
    status = view.deployment.status
  }
  const failing = async (view: View) => {
    run.log.info(`${primary.id} has failed: ${view.deployment.statusReason ?? view.deployment.status}`)
    await investigated(view)
  }
  return { investigated, observer: { look, failing, trouble: run.trouble } }
}

/** Ids of the events that belong to others: all of before the update, but not those of a deployment that was under way by then. */
function eventsBefore({ before, isNew, primary }: Started): Set<string> {
  const old = before.events.filter(({ createdAt }) => isNew || createdAt < primary.createdAt)
  return new Set(old.map(({ id }) => id))
}
