import type { Container, HealthStatus } from '../model.ts'

/** A container's health check; durations in seconds. */
export interface HealthCheck {
  command: string[]
  interval: number
  timeout: number
  retries: number
  startPeriod: number
}

/** What the checks of one container have shown so far. */
export interface Checked {
  status: HealthStatus
  failuresInARow: number
}

export const unchecked: Checked = { status: 'UNKNOWN', failuresInARow: 0 }

/**
 * Takes one more result into account. Failures inside the start period count only once a check has passed.
 * Source: ECS API Reference, "HealthCheck".
 */
export function judge(
  so: Checked,
  check: Pick<HealthCheck, 'retries' | 'startPeriod'>,
  result: { passed: boolean; secondsRunning: number },
): Checked {
  if (result.passed) return { status: 'HEALTHY', failuresInARow: 0 }
  const excused = so.status === 'UNKNOWN' && result.secondsRunning < check.startPeriod
  const failuresInARow = excused ? 0 : so.failuresInARow + 1
  return { status: failuresInARow >= check.retries ? 'UNHEALTHY' : so.status, failuresInARow }
}

/**
 * A task's health from its essential containers' that have a health check.
 * Source: Developer Guide, "Determine Amazon ECS task health using container health checks".
 */
export function taskHealth(
  containers: readonly Pick<Container, 'essential' | 'healthStatus' | 'name'>[],
  checked: ReadonlySet<string>,
): HealthStatus {
  const states = containers
    .filter(({ essential, name }) => essential && checked.has(name))
    .map(({ healthStatus }) => healthStatus)
  if (states.includes('UNHEALTHY')) return 'UNHEALTHY'
  return states.length === 0 || states.includes('UNKNOWN') ? 'UNKNOWN' : 'HEALTHY'
}
