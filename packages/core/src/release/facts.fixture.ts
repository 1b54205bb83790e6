import type { Facts } from './decide.ts'
import type { Finding, FindingCode } from './finding.ts'
import type { Proof } from './proof/proof.ts'
import type { Sight } from './sight.ts'

export const finding = (code: FindingCode, cause: string = code): Finding => ({
  code,
  cause,
  remedy: 'mend it',
  evidence: [],
})

export const proven: Proof = {
  kind: 'proven',
  containers: [],
  tasks: [{ task: 't', digests: {} }],
  unproven: [],
}
export const mismatch: Proof = { kind: 'mismatch', finding: finding('digest-mismatch'), tasks: [] }
export const nothingRuns: Proof = { kind: 'not-provable', finding: finding('desired-count-zero'), tasks: [] }

/** A deployment by its last status. */
export const seen = (status: string): Sight & { kind: 'seen' } => ({ kind: 'seen', status })

/** A deployment that the wait for `completed` has not seen end. */
export const facts: Facts = {
  deployment: { kind: 'unlisted' },
  cause: undefined,
  newDeployment: true,
  until: 'completed',
  supersededBy: undefined,
  detected: false,
  givenUp: undefined,
  proof: undefined,
  proofWanted: true,
  unwell: undefined,
  rolledBackTo: undefined,
  seconds: 90,
}
