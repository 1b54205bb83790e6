import type { TargetHealth } from '../../elbv2/targets.ts'
import type { HealthStatus } from '../model.ts'

/** What is known of a running task. */
export interface Signs {
  secondsRunning: number
  /** undefined when no essential container has a health check. */
  containers: HealthStatus | undefined
  /** One per target group; undefined where the task is not registered. */
  targets: readonly (TargetHealth | undefined)[]
}

export type Verdict =
  | { kind: 'healthy' }
  | { kind: 'unknown' }
  | { kind: 'unhealthy'; by: 'container' }
  /** `target` is the index of the target group. */
  | { kind: 'unhealthy'; by: 'target'; target: number; reason: string }

/**
 * Whether the service scheduler counts a running task as healthy (ecs-model.md 3.3). Inside the grace period bad
 * signs are ignored.
 * Source: Developer Guide, "Amazon ECS deployment circuit breaker"; API Reference, `healthCheckGracePeriodSeconds`.
 */
export function verdict(signs: Signs, rules: { grace: number; healthyWithoutChecks: number }): Verdict {
  const { containers, targets, secondsRunning } = signs
  const outOfGrace = secondsRunning >= rules.grace
  if (containers === 'UNHEALTHY' && outOfGrace) return { kind: 'unhealthy', by: 'container' }
  const target = targets.findIndex((health) => health?.state === 'unhealthy')
  if (target >= 0 && outOfGrace) {
    return {
      kind: 'unhealthy',
      by: 'target',
      target,
      reason: targets[target]?.description ?? 'Health checks failed',
    }
  }
  if (containers === undefined && targets.length === 0) {
    return { kind: secondsRunning >= rules.healthyWithoutChecks ? 'healthy' : 'unknown' }
  }
  const containersPass = containers === undefined || containers === 'HEALTHY'
  return {
    kind: containersPass && targets.every((health) => health?.state === 'healthy') ? 'healthy' : 'unknown',
  }
}
