import type { Target, TargetHealth } from '../../elbv2/targets.ts'
import type { HealthStatus } from '../model.ts'

/** A target of a task and what its target group says of it; `health` is undefined where it is not registered. */
export interface RegisteredTarget {
  targetGroupArn: string
  target: Target
  health: TargetHealth | undefined
}

/** What is known of a running task. */
export interface Signs {
  secondsRunning: number
  /** undefined when no essential container has a health check. */
  containers: HealthStatus | undefined
  /** One per target group. */
  targets: readonly RegisteredTarget[]
}

export type Verdict =
  | { kind: 'healthy' }
  | { kind: 'unknown' }
  | { kind: 'unhealthy'; by: 'container' }
  | { kind: 'unhealthy'; by: 'target'; target: RegisteredTarget; reason: string }

/**
 * Whether the service scheduler counts a running task as healthy (ecs-model.md 3.3). Inside the grace period bad
 * signs are ignored.
 * Source: Developer Guide, "Amazon ECS deployment circuit breaker"; API Reference, `healthCheckGracePeriodSeconds`.
 */
export function verdict(signs: Signs, rules: { grace: number; healthyWithoutChecks: number }): Verdict {
  const { containers, targets, secondsRunning } = signs
  const outOfGrace = secondsRunning >= rules.grace
  if (containers === 'UNHEALTHY' && outOfGrace) return { kind: 'unhealthy', by: 'container' }
  const target = targets.find(({ health }) => health?.state === 'unhealthy')
  if (target && outOfGrace) {
    const reason = target.health?.description ?? 'Health checks failed'
    return { kind: 'unhealthy', by: 'target', target, reason }
  }
  if (containers === undefined && targets.length === 0) {
    return { kind: secondsRunning >= rules.healthyWithoutChecks ? 'healthy' : 'unknown' }
  }
  const containersPass = containers === undefined || containers === 'HEALTHY'
  return {
    kind:
      containersPass && targets.every(({ health }) => health?.state === 'healthy') ? 'healthy' : 'unknown',
  }
}
