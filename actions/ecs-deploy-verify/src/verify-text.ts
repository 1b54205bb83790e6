import { type Finding, messageOf, type Outcome } from '@ecs-release/core'
import type { Ending } from './ending.ts'

interface Names {
  service: string
  /** What the service is meant to run: `orders:5`. */
  what: string
}

interface Found {
  outcome: Outcome
  message: string
  findings: readonly Finding[]
}

/**
 * How a look at a service ended. What is proven is `succeeded` here, as nothing was to be changed; a tag that does not exist in
 * its registry cannot be compared with anything.
 */
export function asFound(
  { findings, outcome, proof }: Ending,
  missing: readonly Finding[],
  names: Names,
): Found {
  const [gone] = missing
  if (gone !== undefined && outcome.kind === 'unverified') {
    const unverified: Outcome = { kind: 'unverified', cause: gone.cause }
    return { outcome: unverified, message: messageOf(unverified, names), findings: missing }
  }
  if (outcome.kind === 'no-change') {
    const succeeded: Outcome = { kind: 'succeeded', tasks: outcome.tasks }
    return { outcome: succeeded, message: messageOf(succeeded, names), findings }
  }
  if (outcome.kind === 'failed' && proof?.kind === 'mismatch') {
    const message = `${names.service} (${names.what}) does not run what it should: ${outcome.cause}`
    return { outcome, message, findings: findings.map(drifted) }
  }
  return { outcome, message: messageOf(outcome, names), findings }
}

/** Who looks at a service days later did not deploy just now: the question is who did. */
function drifted(finding: Finding): Finding {
  const remedy =
    'Somebody deployed something else, or moved the tag: the deployments of the service in the console and UpdateService in CloudTrail say who and when. Deploy the wanted image again, or let images name the one that is meant to run.'
  return finding.code === 'digest-mismatch' ? { ...finding, remedy } : finding
}
