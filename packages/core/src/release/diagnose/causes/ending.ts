import type { Finding } from '../../finding.ts'
import { eventsSince, type Scene } from '../observed.ts'
import { stoppedGroups } from '../stopped-groups.ts'
import { alarm, circuitBreaker, noRollbackCandidate, unknownFailure } from '../texts/endings.ts'
import { finding } from '../texts/finding-text.ts'

/** A deployment alarm ended the deployment. */
export function alarms(scene: Scene): Finding[] {
  const { deployment, deploymentId } = scene
  const names = deployment?.alarms?.triggered ?? []
  const reasons = [deployment?.statusReason, deployment?.rollback?.reason].filter((text) =>
    text?.includes('active alarms'),
  )
  const events = eventsSince(scene).filter((text) =>
    text.includes(`(deployment ${deploymentId}) deployment failed: alarm detected`),
  )
  const evidence = [...new Set([...reasons, ...events].filter((text) => text !== undefined))]
  if (names.length > 0) return [finding(alarm, alarm.cases.fired, { alarms: names.join(', ') }, evidence)]
  return evidence.length === 0 ? [] : [finding(alarm, alarm.cases.unnamed, {}, evidence)]
}

/** The circuit breaker ended the deployment. It says that tasks failed, not why. */
export function circuitBreakers({ deployment }: Scene): Finding[] {
  const breaker = deployment?.circuitBreaker
  if (breaker?.status !== 'TRIGGERED') return []
  const evidence = deployment?.statusReason === undefined ? [] : [deployment.statusReason]
  const values = { count: breaker.failureCount, threshold: breaker.threshold }
  return [finding(circuitBreaker, circuitBreaker.cases.tripped, values, evidence)]
}

/** There was nothing to go back to. */
export function noRollbackCandidates({ deployment }: Scene): Finding[] {
  const reason = [deployment?.statusReason, deployment?.rollback?.reason].find((text) =>
    text?.includes('No rollback candidate'),
  )
  if (deployment?.status !== 'ROLLBACK_FAILED' || reason === undefined) return []
  return [finding(noRollbackCandidate, noRollbackCandidate.cases.none, {}, [reason])]
}

/** What is said when no cause was recognised: what ECS says of the tasks, else of the deployment. */
export function unknown(scene: Scene): Finding {
  const { deployment } = scene
  const [most] = stoppedGroups(scene)
  const ofTasks = most?.reason === 'no reason given' ? undefined : most?.reason
  const reason = ofTasks ?? deployment?.statusReason ?? deployment?.rollback?.reason
  return reason === undefined
    ? finding(unknownFailure, unknownFailure.cases.none, {}, [])
    : finding(unknownFailure, unknownFailure.cases.reason, { reason }, [reason])
}
