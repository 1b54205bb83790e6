import type { TargetHealth } from '../elbv2/targets.ts'

/** Why a probe did not pass. */
export type ProbeFailure = { kind: 'wrong-code'; status: number } | { kind: 'timed-out' } | { kind: 'failed' }
export type ProbeResult = { kind: 'passed' } | ProbeFailure

/** What the load balancer knows of a registered target. Counts are of consecutive probes. */
export type Health =
  | { kind: 'registering' }
  | { kind: 'checking'; failures: number }
  | { kind: 'healthy'; failures: number }
  | { kind: 'unhealthy'; cause: ProbeFailure; successes: number }

export interface Thresholds {
  healthyThreshold: number
  unhealthyThreshold: number
}

/**
 * The next health after a probe. One success is enough for a target that has never been judged; the healthy
 * threshold is for targets that recover. Source: "Health checks for ALB target groups".
 */
export function afterProbe(health: Health, result: ProbeResult, thresholds: Thresholds): Health {
  if (health.kind === 'unhealthy') {
    if (result.kind !== 'passed') return { kind: 'unhealthy', cause: result, successes: 0 }
    const successes = health.successes + 1
    return successes >= thresholds.healthyThreshold
      ? { kind: 'healthy', failures: 0 }
      : { ...health, successes }
  }
  if (result.kind === 'passed') return { kind: 'healthy', failures: 0 }
  const failures = (health.kind === 'registering' ? 0 : health.failures) + 1
  if (failures >= thresholds.unhealthyThreshold) return { kind: 'unhealthy', cause: result, successes: 0 }
  return { kind: health.kind === 'healthy' ? 'healthy' : 'checking', failures }
}

type Wording = Omit<TargetHealth, 'target'>

function wordFailure(cause: ProbeFailure): Wording {
  switch (cause.kind) {
    case 'wrong-code':
      return {
        state: 'unhealthy',
        reason: 'Target.ResponseCodeMismatch',
        description: `Health checks failed with these codes: [${cause.status}]`,
      }
    case 'timed-out':
      return { state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' }
    case 'failed':
      return { state: 'unhealthy', reason: 'Target.FailedHealthChecks', description: 'Health checks failed' }
  }
}

/** State, reason and description as DescribeTargetHealth words them (aws-model.md 2.5). */
export function wordHealth(health: Health): Wording {
  switch (health.kind) {
    case 'registering':
      return {
        state: 'initial',
        reason: 'Elb.RegistrationInProgress',
        description: 'Target registration is in progress',
      }
    case 'checking':
      return {
        state: 'initial',
        reason: 'Elb.InitialHealthChecking',
        description: 'Initial health checks in progress',
      }
    case 'healthy':
      return { state: 'healthy' }
    case 'unhealthy':
      return wordFailure(health.cause)
  }
}

export const draining: Wording = {
  state: 'draining',
  reason: 'Target.DeregistrationInProgress',
  description: 'Target deregistration is in progress',
}

export const notInUse: Wording = {
  state: 'unused',
  reason: 'Target.NotInUse',
  description: 'Target group is not configured to receive traffic from the load balancer',
}

export const notRegistered: Wording = {
  state: 'unused',
  reason: 'Target.NotRegistered',
  description: 'Target is not registered to the target group',
}
