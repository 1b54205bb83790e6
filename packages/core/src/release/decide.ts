import { formatDuration } from '../time/duration.ts'
import type { Finding } from './finding.ts'
import type { Outcome } from './outcome.ts'
import type { Proof } from './proof/proof.ts'
import type { Sight, Unended } from './sight.ts'

/** What is known when the watch is over. */
export interface Facts {
  /** The service deployment at the last look. */
  deployment: Sight
  /** Whether UpdateService started a deployment. */
  newDeployment: boolean
  /** What the wait was for. */
  until: 'completed' | 'started'
  /** The deployment that is PRIMARY now, if it is not ours. */
  supersededBy: string | undefined
  /** The circuit breaker or an alarm failed the deployment. */
  detected: boolean
  /** Why the wait was given up before the deployment had ended. */
  givenUp: Finding | undefined
  /** undefined while it makes no sense to prove anything. */
  proof: Proof | undefined
  /** Whether a success has to be proven. */
  proofWanted: boolean
  /** Why users cannot be well; undefined when the probes passed, or there are none. */
  unwell: Finding | undefined
  /** The diagnosed cause, or ECS's own reason. */
  cause: string | undefined
  /** What runs after a rollback. */
  rolledBackTo: string | undefined
  /** From UpdateService on. */
  seconds: number
}

/** How it ended. Nothing is a success that is not proven, and an unknown status never is. */
export function decide(facts: Facts): Outcome {
  const { deployment, givenUp, newDeployment } = facts
  if (givenUp !== undefined) return { kind: 'failed', cause: facts.cause ?? givenUp.cause }
  switch (deployment.kind) {
    case 'seen':
      return seenAs(deployment, facts)
    case 'unneeded':
      return proven(facts)
    case 'unlisted':
    case 'undescribed':
      // Of a deployment that was there before, nothing says that it has ended: only the tasks can.
      return newDeployment ? timedOut(deployment, facts) : judged(facts)
  }
}

function seenAs(seen: Sight & { kind: 'seen' }, facts: Facts): Outcome {
  const { until } = facts
  const cause = facts.cause ?? 'no cause was found'
  switch (seen.status) {
    case 'SUCCESSFUL':
      return until === 'started' ? { kind: 'started' } : proven(facts)
    case 'STOPPED':
      if (facts.detected) return { kind: 'failed', cause }
      return facts.supersededBy === undefined
        ? { kind: 'stopped', cause }
        : { kind: 'superseded', by: facts.supersededBy }
    case 'ROLLBACK_SUCCESSFUL':
      return { kind: 'rolled-back', cause, to: facts.rolledBackTo }
    case 'ROLLBACK_FAILED':
      return { kind: 'rollback-failed', cause }
    case 'IN_PROGRESS':
      return until === 'started' ? { kind: 'started' } : timedOut(seen, facts)
    default:
      return timedOut(seen, facts)
  }
}

function proven(facts: Facts): Outcome {
  return facts.proofWanted ? judged(facts) : well(facts, undefined)
}

function well({ newDeployment, unwell }: Facts, tasks: number | undefined): Outcome {
  if (unwell !== undefined) return { kind: 'unhealthy', cause: unwell.cause }
  return { kind: newDeployment ? 'succeeded' : 'no-change', tasks }
}

function judged(facts: Facts): Outcome {
  const { proof } = facts
  switch (proof?.kind) {
    case 'proven':
      return well(facts, proof.tasks.length)
    case 'mismatch':
      return { kind: 'failed', cause: proof.finding.cause }
    case 'superseded':
      return { kind: 'superseded', by: proof.by }
    case 'not-provable':
      return { kind: 'unverified', cause: proof.finding.cause }
    case undefined:
      return { kind: 'unverified', cause: 'the proof was not made' }
  }
}

function timedOut(deployment: Unended, { cause, seconds }: Facts): Outcome {
  return { kind: 'timed-out', after: formatDuration(seconds), deployment, cause }
}
