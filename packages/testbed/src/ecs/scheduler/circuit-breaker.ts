import type { CircuitBreaker } from '../model.ts'

const LOWEST = 3
const HIGHEST = 200

/**
 * How many failures trip the breaker at this desired count, which ECS reads anew all the time.
 * Source: Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures". Rounding up without bounds is assumed.
 */
export function threshold({ threshold: { type, value } }: CircuitBreaker, desired: number): number {
  const share = Math.ceil((desired * value) / 100)
  switch (type) {
    case 'BOUNDED_PERCENT':
      return Math.min(HIGHEST, Math.max(LOWEST, share))
    case 'UNBOUNDED_PERCENT':
      return share
    case 'COUNT':
      return value
  }
}

/** How a task of a deployment came to its end, as far as the count of failures cares. */
export type TaskEnd = 'never-ran' | 'exited' | 'unhealthy' | 'wanted'

/**
 * Whether that end counts. Until a task of the deployment has run, only launches count; from then on only tasks
 * that ran: those that health checks ended and, as seen with crash loops, those that ended by themselves (ecs-model.md 4.1).
 */
export function countsAsFailure(end: TaskEnd, deploymentHasRun: boolean): boolean {
  switch (end) {
    case 'never-ran':
      return !deploymentHasRun
    case 'exited':
    case 'unhealthy':
      return deploymentHasRun
    case 'wanted':
      return false
  }
}

/** A deployment whose images could not be resolved this often goes on without, and with a breaker fails (ecs-model.md 3.8). */
export const resolutionAttempts = 3

/** Whether a deployment has failed. A count of 0 never trips, whatever the threshold of an empty service comes to. */
export function trips(
  breaker: CircuitBreaker,
  seen: { failures: number; failedResolutions: number; desired: number },
): boolean {
  if (!breaker.enable) return false
  if (seen.failedResolutions >= resolutionAttempts) return true
  return seen.failures > 0 && seen.failures >= threshold(breaker, seen.desired)
}
