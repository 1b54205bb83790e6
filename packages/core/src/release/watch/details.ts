import { ActionError } from '../../action/action-error.ts'
import type { Service, ServiceDeployment } from '../../aws/ecs-model.ts'
import type { TargetHealth } from '../../aws/elbv2.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { attempt } from './attempt.ts'
import { detailsEvery } from './pace.ts'

/** What surrounds a deployment, as of the last look, which may be some seconds older than the deployment's own state. */
export interface Details {
  service: Service
  targets: readonly TargetHealth[]
}

export interface DetailsOptions {
  calls: Pick<ReleaseCalls, 'service' | 'targets'>
  clock: Clock
  /** As UpdateService answered it. */
  service: Service
  /** Milliseconds since the epoch on `clock`. */
  startedAt: number
  observer: { trouble(error: unknown): void }
}

/**
 * A look waits no longer for what only explains it. Milliseconds of real time, as the time-outs of requests are; the SDK's attempts would
 * take a minute where AWS does not answer, and the end of the deployment would be seen as late.
 */
const patience = 5000

/** Reads service and target health again after each change of the deployment, and otherwise rarely; rarely, too, while AWS does not answer. */
export function detailsReader(options: DetailsOptions): (deployment: ServiceDeployment) => Promise<Details> {
  const { calls, clock, startedAt, observer } = options
  let known: Details = { service: options.service, targets: [] }
  const balancers = new Set(options.service.loadBalancers.map(({ targetGroupArn }) => targetGroupArn))
  const readTargets = targetsReader(options, [...balancers])
  let seen: ServiceDeployment | undefined
  let silent = false
  let readAt = 0
  return async (deployment) => {
    const now = clock.now()
    const early = now - readAt < detailsEvery(balancers.size, now - startedAt)
    // Where AWS does not answer, only a new status is worth the wait: what surrounds a failure explains it.
    const news = silent ? deployment.status !== seen?.status : stateOf(deployment) !== stateOf(seen)
    if (early && !news) return known
    readAt = now
    seen = deployment
    const within = AbortSignal.timeout(patience)
    const [service, targets] = await Promise.all([
      attempt(() => calls.service(within), observer.trouble),
      readTargets(within),
    ])
    silent = within.aborted
    known = { service: service ?? known.service, targets: targets ?? known.targets }
    return known
  }
}

/** The health of targets only explains, so a role that may not read it can still deploy. undefined where AWS did not answer. */
function targetsReader(
  { calls, observer }: DetailsOptions,
  groups: readonly string[],
): (within: AbortSignal) => Promise<readonly TargetHealth[] | undefined> {
  let denied = false
  return async (within) => {
    if (denied) return []
    const read = () => Promise.all(groups.map((group) => calls.targets(group, within)))
    try {
      return (await attempt(read, observer.trouble))?.flat()
    } catch (error) {
      if (!(error instanceof ActionError) || error.code !== 'access-denied') throw error
      observer.trouble(error)
      denied = true
      return []
    }
  }
}

function stateOf(deployment: ServiceDeployment | undefined): string | undefined {
  if (deployment === undefined) return undefined
  const { status, requestedTaskCount, runningTaskCount, pendingTaskCount, circuitBreaker } = deployment
  return [status, requestedTaskCount, runningTaskCount, pendingTaskCount, circuitBreaker?.failureCount].join(
    ' ',
  )
}
