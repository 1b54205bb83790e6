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

/** Reads service and target health again after each change of the deployment, and otherwise rarely. */
export function detailsReader(options: DetailsOptions): (deployment: ServiceDeployment) => Promise<Details> {
  const { calls, clock, startedAt, observer } = options
  let known: Details = { service: options.service, targets: [] }
  let groups = [...new Set(options.service.loadBalancers.map(({ targetGroupArn }) => targetGroupArn))]
  let seen = ''
  let readAt = 0
  return async (deployment) => {
    const now = clock.now()
    if (stateOf(deployment) === seen && now - readAt < detailsEvery(groups.length, now - startedAt))
      return known
    readAt = now
    seen = stateOf(deployment)
    const service = (await attempt(calls.service, observer.trouble)) ?? known.service
    try {
      const healths = await attempt(
        () => Promise.all(groups.map((group) => calls.targets(group))),
        observer.trouble,
      )
      known = { service, targets: healths?.flat() ?? known.targets }
    } catch (error) {
      // The health of targets only explains; a role that may not read it can still deploy.
      if (!(error instanceof ActionError) || error.code !== 'access-denied') throw error
      observer.trouble(error)
      groups = []
      known = { service, targets: [] }
    }
    return known
  }
}

function stateOf(deployment: ServiceDeployment): string {
  const { status, requestedTaskCount, runningTaskCount, pendingTaskCount, circuitBreaker } = deployment
  return [status, requestedTaskCount, runningTaskCount, pendingTaskCount, circuitBreaker?.failureCount].join(
    ' ',
  )
}
