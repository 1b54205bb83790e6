import { act } from './act.ts'
import { complete } from './completion.ts'
import { alarmFires } from './deployment-alarms.ts'
import { failByAlarm, failByBreaker } from './failure.ts'
import { accountForStopped, breakerTrips, observeHealth } from './observe.ts'
import { plan } from './rollout.ts'
import { primaryOf, type ServiceRun } from './service-run.ts'
import { situation } from './situation.ts'
import { reportDeregistered } from './target-registration.ts'
import type { World } from './world.ts'

/** One look of the service scheduler at a service: what has happened, what has failed, what to do, what is complete. */
export function pass(world: World, run: ServiceRun): void {
  const { service } = run
  observeHealth(world, run)
  accountForStopped(world, run)
  const primary = primaryOf(run)
  const trips = breakerTrips(run, primary)
  if (trips || alarmFires(world, primary)) {
    reportDeregistered(world, run)
    if (trips) failByBreaker(world, run, primary)
    else failByAlarm(world, run, primary)
    return
  }
  act(world, run, plan(situation(world, run)))
  if (service.status === 'ACTIVE') complete(world, run)
  else if (run.tasks.size === 0) retire(run)
}

/** The end of a deleted service: it can still be described, but has neither deployments nor tasks. */
function retire(run: ServiceRun): void {
  run.service.status = 'INACTIVE'
  run.service.deployments = []
}
