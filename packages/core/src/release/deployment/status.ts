/** The statuses that a service deployment never leaves. Source: API reference, ServiceDeployment, `status`. */
export type TerminalStatus = 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED'

const terminal: ReadonlySet<string> = new Set<TerminalStatus>([
  'SUCCESSFUL',
  'STOPPED',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
])

/** The other statuses of today. Source: API reference, ServiceDeployment, `status`. */
export const unfinishedStatuses = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
] as const

/** False for a word that AWS has added since: waiting on is safer than calling an unknown state the end. */
export function isTerminal(status: string): status is TerminalStatus {
  return terminal.has(status)
}

/**
 * True once the deployment has failed, also while its rollback still goes on: time to look for the cause. A stop is no
 * failure yet, as a newer deployment stops the one before it.
 */
export function isFailing(status: string): boolean {
  return status.startsWith('ROLLBACK_')
}

/** True once ECS has taken the deployment up. */
export function hasStarted(status: string): boolean {
  return status === 'IN_PROGRESS' || status === 'SUCCESSFUL'
}
