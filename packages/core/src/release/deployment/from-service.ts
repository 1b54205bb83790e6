import type { Deployment, Service, ServiceDeployment } from '../../aws/ecs-model.ts'
import { primaryOf, revisionArnOf } from './identity.ts'

export interface Followed {
  /** `ecs-svc/N` */
  deploymentId: string
  createdAt: Date
  /** Ids of the deployments that the service had before it, PRIMARY first: ECS rolls back to one of these. */
  earlier: readonly string[]
}

/** DescribeServices can show a service as it was seconds ago, so what is no longer there is missed only when it stays away. */
const looksMissed = 2

/**
 * Reads a service deployment out of the answers of DescribeServices, for roles that may not read service deployments themselves.
 * It is SUCCESSFUL only once it is PRIMARY and COMPLETED, never before, and that is somewhat later than the real one says so.
 * Source: ecs-model 3.7, and the table of a circuit breaker with rollback in 4.1.
 */
export function deploymentFromServices(followed: Followed): (service: Service) => ServiceDeployment {
  let seen = false
  let missed = 0
  return (service) => {
    const own = service.deployments.find(({ id }) => id === followed.deploymentId)
    const primary = primaryOf(service)
    const replaced = primary !== undefined && primary.id !== followed.deploymentId
    seen ||= own !== undefined
    missed = seen && replaced ? missed + 1 : 0
    const sure = own?.rolloutState === 'FAILED' || missed >= looksMissed
    if (!replaced) return deploymentOf(service, followed, asPrimary(service, primary), own, undefined)
    if (!sure) return deploymentOf(service, followed, { status: 'PENDING' }, own, undefined)
    return deploymentOf(service, followed, asReplaced(primary, own, followed), own, primary)
  }
}

interface State {
  status: string
  reason?: string | undefined
}

function asPrimary({ circuitBreaker }: Service, primary: Deployment | undefined): State {
  switch (primary?.rolloutState) {
    case 'COMPLETED':
      return { status: 'SUCCESSFUL' }
    case 'FAILED':
      // With rollback on, a failed deployment stays PRIMARY only where there is nothing to go back to.
      return {
        status: circuitBreaker.rollback ? 'ROLLBACK_FAILED' : 'STOPPED',
        reason: primary.rolloutStateReason,
      }
    default:
      return { status: 'IN_PROGRESS' }
  }
}

/** An older deployment becomes PRIMARY again only by a rollback; a younger one supersedes. */
function asReplaced(
  primary: Deployment,
  own: Deployment | undefined,
  { createdAt, earlier }: Followed,
): State {
  if (!earlier.includes(primary.id) && primary.createdAt >= createdAt) return { status: 'STOPPED' }
  const status = primary.rolloutState === 'COMPLETED' ? 'ROLLBACK_SUCCESSFUL' : 'ROLLBACK_IN_PROGRESS'
  return { status, reason: own?.rolloutStateReason ?? primary.rolloutStateReason }
}

function deploymentOf(
  service: Service,
  { createdAt, deploymentId, earlier }: Followed,
  { reason, status }: State,
  own: Deployment | undefined,
  rolledBackTo: Deployment | undefined,
): ServiceDeployment {
  const [before] = earlier
  const rollback = status.startsWith('ROLLBACK_') && rolledBackTo !== undefined
  return {
    arn: '',
    status,
    statusReason: reason,
    targetServiceRevisionArn: revisionArnOf(service, deploymentId),
    sourceServiceRevisionArns: before === undefined ? [] : [revisionArnOf(service, before)],
    requestedTaskCount: own?.desiredCount ?? 0,
    runningTaskCount: own?.runningCount ?? 0,
    pendingTaskCount: own?.pendingCount ?? 0,
    createdAt,
    startedAt: createdAt,
    finishedAt: undefined,
    circuitBreaker: undefined,
    rollback: rollback ? { reason, serviceRevisionArn: revisionArnOf(service, rolledBackTo.id) } : undefined,
    alarms: undefined,
  }
}
