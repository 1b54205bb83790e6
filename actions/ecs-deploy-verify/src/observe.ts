import {
  type Finding,
  type Investigation,
  investigate,
  type JsonObject,
  narrator,
  type Observer,
  type View,
} from '@ecs-release/core'
import type { Started } from './deploy.ts'
import { tellDiagnosis, tellLog } from './diagnosis-text.ts'
import { drainingNotice } from './draining.ts'
import { givingUp } from './giving-up.ts'
import { logLines } from './log-lines.ts'
import { oldFailure } from './old-failure.ts'
import type { Run } from './run.ts'

/** Who looks on while a deployment is followed. */
export interface Onlooker {
  observer: Observer
  /** Diagnoses with what was found before; `view` is the last look. */
  investigated(view: View | undefined): Promise<Investigation>
  /** Why the wait was given up. */
  givenUp(): Finding | undefined
}

/** Tells each look, diagnoses as soon as something has failed, and gives up where the rest of the wait would tell nothing new. */
export function onlooker(run: Run, started: Started, definition: JsonObject): Onlooker {
  const { primary } = started
  const narrate = narrator(run.log.info, eventsBefore(started))
  const tellOfDraining = drainingNotice(run)
  const investigated = investigator(run, started, definition)
  const hopelessness = givingUp(run, started, definition)
  let status = ''
  const look = async (view: View) => {
    narrate(view)
    if (view.deployment.status !== status) run.logbook.note(`${primary.id} is ${view.deployment.status}`)
    status = view.deployment.status
    await tellOfDraining(view)
  }
  const failing = async (view: View) => {
    run.log.info(`${primary.id} has failed: ${view.deployment.statusReason ?? view.deployment.status}`)
    if (oldFailure(run, started) === undefined) await investigated(view)
  }
  const hopeless = async (view: View) => {
    const before = hopelessness.found()
    const given = await hopelessness.hopeless(view)
    // The cause is told when it is known, also where ECS is left to end the deployment.
    if (before === undefined && hopelessness.found() !== undefined) await investigated(view)
    return given
  }
  return {
    investigated,
    givenUp: hopelessness.found,
    observer: { look, failing, hopeless, trouble: run.trouble },
  }
}

function investigator(run: Run, started: Started, definition: JsonObject): Onlooker['investigated'] {
  const earlierEvents = eventsBefore(started)
  let earlier: Investigation | undefined
  return async (view) => {
    const { deployment, service, targets } = view ?? {
      deployment: undefined,
      service: started.service,
      targets: [],
    }
    const facts = {
      deploymentId: started.primary.id,
      deployment,
      service,
      targets,
      definition,
      earlierEvents,
    }
    const before = earlier
    earlier = await investigate(facts, {
      calls: run.calls,
      around: run.preflightCalls,
      images: run.images,
      logLines: logLines(run),
      earlier,
      trouble: run.trouble,
    })
    if (before === undefined) tellDiagnosis(run.log, earlier)
    else if (before.log?.kind === 'empty' && earlier.log?.kind === 'lines') tellLog(run.log, earlier)
    return earlier
  }
}

/** Ids of the events that belong to others: all of before the update, but not those of a deployment that was under way by then. */
function eventsBefore({ before, isNew, primary }: Started): Set<string> {
  const old = before.events.filter(({ createdAt }) => isNew || createdAt < primary.createdAt)
  return new Set(old.map(({ id }) => id))
}
