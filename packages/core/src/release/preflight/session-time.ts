import type { Environment } from '../../action/spec.ts'
import { formatDuration } from '../../time/duration.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { credentialsTooShort } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'

/** No deployment ends sooner: Amazon ECS takes about half a minute to start a task, and 40 s to call one healthy. Seconds. */
const shortest = 60

/**
 * When the credentials end, in milliseconds since the epoch; undefined where that is not known, or does not matter: only those of the
 * environment are the ones that the SDK cannot renew. Source: AWS SDKs, "AWS access keys", AWS_CREDENTIAL_EXPIRATION.
 */
export function credentialsEnd({
  AWS_ACCESS_KEY_ID,
  AWS_CREDENTIAL_EXPIRATION,
  AWS_PROFILE,
}: Environment): number | undefined {
  if (!AWS_ACCESS_KEY_ID || !AWS_CREDENTIAL_EXPIRATION || AWS_PROFILE) return undefined
  const end = Date.parse(AWS_CREDENTIAL_EXPIRATION)
  return Number.isNaN(end) ? undefined : end
}

export type SessionTime =
  | { kind: 'enough' }
  /** It may do, as the time-out is the longest wait and not the usual one. */
  | { kind: 'short'; warning: string }
  | { kind: 'too-short'; finding: Finding }

/** Compares what is left of the credentials with the time-out, in seconds. */
export function sessionTime(left: number | undefined, timeout: number): SessionTime {
  if (left === undefined || left >= timeout) return { kind: 'enough' }
  if (left >= shortest) {
    const warning = `The credentials end in ${formatDuration(left)}, and the time-out is ${formatDuration(timeout)}: a deployment that takes longer than them goes on unwatched. ${credentialsTooShort.cases.ending.remedy}`
    return { kind: 'short', warning }
  }
  return { kind: 'too-short', finding: tooShort(left) }
}

function tooShort(left: number): Finding {
  const { ended, ending } = credentialsTooShort.cases
  return left <= 0
    ? finding(credentialsTooShort, ended, {}, [])
    : finding(credentialsTooShort, ending, { left: formatDuration(left) }, [])
}
