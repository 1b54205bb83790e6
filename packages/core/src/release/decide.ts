import { formatDuration } from '../time/duration.ts'
import type { Finding } from './finding.ts'
import type { Outcome } from './outcome.ts'
import type { Proof } from './proof/proof.ts'

/** What is known when the watch is over. */
export interface Facts {
  /** The service deployment's status at the last look; undefined when none was followed. */
  status: string | undefined
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
  const { givenUp, status, newDeployment, until } = facts
  const cause = facts.cause ?? 'no cause was found'
  if (givenUp !== undefined) return { kind: 'failed', cause: facts.cause ?? givenUp.cause }
  switch (status) {
    case 'SUCCESSFUL':
      return until === 'started' ? { kind: 'started' } : proven(facts)
    case 'STOPPED':
      if (facts.supersededBy !== undefined) return { kind: 'superseded', by: facts.supersededBy }
      return { kind: facts.detected ? 'failed' : 'stopped', cause }
    case 'ROLLBACK_SUCCESSFUL':
      return { kind: 'rolled-back', cause, to: facts.rolledBackTo }
    case 'ROLLBACK_FAILED':
      return { kind: 'rollback-failed', cause }
    case 'IN_PROGRESS':
      return until === 'started' ? { kind: 'started' } : timedOut(facts)
    case undefined:
      return newDeployment ? timedOut(facts) : proven(facts)
    default:
      return timedOut(facts)
  }
}

function proven({ proof, proofWanted, newDeployment, unwell }: Facts): Outcome {
  const kind = newDeployment ? 'succeeded' : 'no-change'
  const well = (tasks: number | undefined): Outcome =>
    unwell === undefined ? { kind, tasks } : { kind: 'unhealthy', cause: unwell.cause }
  if (!proofWanted) return well(undefined)
  switch (proof?.kind) {
    case 'proven':
      return well(proof.tasks.length)
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

function timedOut({ status, seconds, cause }: Facts): Outcome {
  return { kind: 'timed-out', after: formatDuration(seconds), status, cause }
}
