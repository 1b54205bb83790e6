import type { Account, Received, Script, WatchedCalls } from './account.fixture.ts'
import { clientOf, deploymentId } from './account.fixture.ts'
import { earlyFailure } from './early-failure.ts'
import { type Followed, following } from './following.fixture.ts'
import { starting } from './starting.fixture.ts'
import type { Observer } from './watch.ts'

/**
 * A whole release as its calls are recorded of the committed bundle: it begins, is followed, its failed tasks are read, it is diagnosed or
 * proven. `script` counts from the update of the service.
 */
export async function releasing(account: Account, script: Script, timeout: number): Promise<Followed> {
  const { received: begun } = await starting(account, timeout)
  const moved = later(script, account.clock.now())
  const asked: Received[] = []
  const beside = clientOf(account, moved, (request) => asked.push(request))
  const followed = await following(account, moved, timeout, (calls) => looking(account, calls, beside))
  if (moved.end === 'SUCCESSFUL') {
    // As a proof looks, twice: at first an old task still stops.
    for (const pause of [5000, 0]) {
      await Promise.all([beside.service(), beside.revisions([]), beside.tasks('RUNNING')])
      await account.clock.sleep(pause)
    }
  } else await diagnosing(beside)
  return { ...followed, received: [...begun, ...followed.received, ...asked] }
}

function later(script: Script, by: number): Script {
  const { changes, createdAt, endsAt, failedAt, failures = [] } = script
  const moved = (moments: readonly number[]) => moments.map((at) => at + by)
  return {
    ...script,
    createdAt: createdAt + by,
    changes: moved(changes),
    failures: moved(failures),
    failedAt: failedAt + by,
    endsAt: endsAt + by,
  }
}

function looking(
  { clock }: Account,
  calls: WatchedCalls,
  beside: WatchedCalls,
): Pick<Observer, 'look' | 'failing' | 'hopeless'> {
  const definition = { containerDefinitions: [{ name: 'app' }] }
  const early = earlyFailure({ calls, clock, deploymentId, definition, limit: 3, trouble() {} })
  return {
    look: early.look,
    failing: () => diagnosing(beside),
    hopeless: async (view) => (await early.failures(view)) !== undefined,
  }
}

async function diagnosing(calls: WatchedCalls): Promise<void> {
  await calls.tasks('RUNNING')
  await calls.tasks('STOPPED')
}
