import type { Finding } from '../../finding.ts'
import type { Observed } from '../observed.ts'

/** The circuit breaker ended the deployment. It says that tasks failed, not why. */
export function circuitBreaker({ deployment }: Observed): Finding | undefined {
  const breaker = deployment?.circuitBreaker
  if (breaker?.status !== 'TRIGGERED') return undefined
  return {
    code: 'circuit-breaker',
    cause: `the circuit breaker ended the deployment after ${breaker.failureCount} failed tasks (threshold ${breaker.threshold})`,
    remedy: 'Mend what made the tasks fail, then deploy again.',
    evidence: deployment?.statusReason === undefined ? [] : [deployment.statusReason],
  }
}

/** There was nothing to go back to. */
export function noRollbackCandidate({ deployment }: Observed): Finding | undefined {
  const reason = [deployment?.statusReason, deployment?.rollback?.reason].find((text) =>
    text?.includes('No rollback candidate'),
  )
  if (deployment?.status !== 'ROLLBACK_FAILED' || reason === undefined) return undefined
  return {
    code: 'no-rollback-candidate',
    cause:
      'ECS found no completed deployment to roll back to: there has been none, or the rollback before has not completed',
    remedy:
      'ECS starts no more tasks of this deployment and leaves the others alone: deploy a revision that works.',
    evidence: [reason],
  }
}

/** What is said when no cause was recognised: ECS's own reason. */
export function unknownFailure({ deployment }: Observed): Finding {
  const alarms = deployment?.alarms?.triggered ?? []
  const fired = alarms.length === 0 ? undefined : `alarms that fired: ${alarms.join(', ')}`
  const reason = deployment?.statusReason ?? deployment?.rollback?.reason
  return {
    code: 'unknown-failure',
    cause: fired ?? reason ?? 'ECS gives no reason',
    remedy:
      "Look at the stopped tasks, the events and the log below, and at the service's Deployments and Events pages in the console.",
    evidence: reason === undefined ? [] : [reason],
  }
}
