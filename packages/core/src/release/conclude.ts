import type { Settled } from '../health/settle.ts'
import { decide, type Facts } from './decide.ts'
import type { Diagnosis } from './diagnose/diagnose.ts'
import { earlyFailureText, failedBeforeText, supersededText, timedOutText } from './diagnose/texts/endings.ts'
import { finding } from './diagnose/texts/finding-text.ts'
import { probeFailedText } from './diagnose/texts/proof.ts'
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
  const status = facts.deployment.kind === 'seen' ? facts.deployment.status : ''
  const terminal = status === 'STOPPED' || status.startsWith('ROLLBACK_')
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
  return finding(supersededText, supersededText.cases.newer, { deployment: by }, [])
}

function timedOut(after: string): Finding {
  return finding(timedOutText, timedOutText.cases.late, { time: after }, [])
}

/** Tasks failed alike, again and again. `what` names one of them in ECS's words. */
export function gaveUp(count: number, what: string): Finding {
  return finding(earlyFailureText, earlyFailureText.cases.alike, { count }, [what])
}

/** The service has what is wanted, by a deployment that had failed already. `said` is what ECS says of that. */
export function failedBefore(deployment: string, definition: string, said: string | undefined): Finding {
  const evidence = said === undefined ? [] : [said]
  return finding(failedBeforeText, failedBeforeText.cases.same, { deployment, definition }, evidence)
}

/** What is wrong with a URL that was asked in vain: `fault` follows the URL in the sentence. */
export function probeFault(url: string, { fault, tries, wrong }: Settled & { kind: 'unwell' }): string {
  return finding(probeFailedText, probeFailedText.cases.wrong, { url, fault, tries, wrong }, []).cause
}

/** Who would use the service does not get the right answer. */
export function probeFailed(faults: readonly string[]): Finding {
  const { remedy } = probeFailedText.cases.wrong
  return { code: probeFailedText.code, cause: faults.join('; '), remedy, evidence: [] }
}
