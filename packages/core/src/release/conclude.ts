import { decide, type Facts } from './decide.ts'
import type { Diagnosis } from './diagnose/diagnose.ts'
import type { Finding } from './finding.ts'
import type { Outcome } from './outcome.ts'

/** How a deployment ended, and what is to be known about it. */
export interface Conclusion {
  outcome: Outcome
  /** The likeliest cause first; empty when there is nothing to mend. */
  findings: readonly Finding[]
}

/** Decides the outcome and chooses the findings that belong to it. */
export function conclude(
  facts: Omit<Facts, 'cause'>,
  diagnosis: Pick<Diagnosis, 'findings'> | undefined,
): Conclusion {
  const diagnosed = diagnosis?.findings ?? []
  const recognised = diagnosed.filter(({ code }) => code !== 'unknown-failure')
  const terminal = facts.status === 'STOPPED' || facts.status?.startsWith('ROLLBACK_')
  const cause = (terminal ? diagnosed : recognised)[0]?.cause
  const outcome = decide({ ...facts, cause })
  switch (outcome.kind) {
    case 'succeeded':
    case 'no-change':
    case 'planned':
    case 'started':
      return { outcome, findings: [] }
    case 'superseded':
      return { outcome, findings: [superseded(outcome.by), ...recognised] }
    case 'timed-out':
      return { outcome, findings: [...recognised, timedOut(outcome.after)] }
    case 'unhealthy':
      return { outcome, findings: facts.unwell === undefined ? [] : [facts.unwell] }
    case 'failed':
      if (facts.givenUp !== undefined) return { outcome, findings: [...recognised, facts.givenUp] }
      return { outcome, findings: proofFinding(facts) ?? diagnosed }
    case 'stopped':
    case 'rolled-back':
    case 'rollback-failed':
    case 'refused':
    case 'unverified':
      return { outcome, findings: proofFinding(facts) ?? diagnosed }
  }
}

function proofFinding({ proof }: Pick<Facts, 'proof'>): readonly Finding[] | undefined {
  return proof === undefined || proof.kind === 'proven' ? undefined : [proof.finding]
}

function superseded(by: string): Finding {
  return {
    code: 'superseded',
    cause: `${by} was started before this deployment had ended`,
    remedy:
      'Look at the run that started it; use a concurrency group so that deployments of one service wait for each other.',
    evidence: [],
  }
}

function timedOut(after: string): Finding {
  return {
    code: 'timed-out',
    cause: `the deployment had not ended ${after} after it was started`,
    remedy:
      'ECS goes on with it. Raise the input timeout if it was only slow. The deployment circuit breaker of the service, if it is off, would end a deployment whose tasks fail.',
    evidence: [],
  }
}

/** Tasks failed alike, again and again. `what` names one of them in ECS's words. */
export function gaveUp(count: number, what: string): Finding {
  return {
    code: 'early-failure',
    cause: `${count} tasks failed alike before any had been healthy, so the rest of the wait was saved`,
    remedy:
      'Mend what makes the tasks fail. The input early-failure says how many such failures are enough; off waits for the time-out.',
    evidence: [what],
  }
}

/** Who would use the service does not get the right answer. */
export function probeFailed(faults: readonly string[]): Finding {
  return {
    code: 'probe-failed',
    cause: faults.join('; '),
    remedy:
      'Request the URL yourself and read the log of the container. Where the answer is right, correct the expectation in the input probes; where it takes longer, raise timeout= of the line.',
    evidence: [],
  }
}
