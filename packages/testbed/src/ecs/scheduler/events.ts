/*
 * Service events in ECS's wording as the API returns them (ecs-model.md 2), without the `(service X) ` that all begin with.
 * Some end with a period and some do not; that is how they were seen.
 */

const tasks = (ids: readonly string[]): string => ids.map((id) => `(task ${id})`).join(' ')

export function startedTasks(ids: readonly string[], replaced: number): string {
  const started = `has started ${ids.length} tasks: ${tasks(ids)}.`
  return replaced > 0
    ? `${started} Amazon ECS replaced ${replaced} tasks due to an unhealthy status.`
    : started
}

export function registeredTargets(count: number, targetGroupArn: string): string {
  return `registered ${count} targets in (target-group ${targetGroupArn})`
}

export function deregisteredTargets(count: number, targetGroupArn: string): string {
  return `deregistered ${count} targets in (target-group ${targetGroupArn})`
}

export function begunDraining(count: number): string {
  return `has begun draining connections on ${count} tasks.`
}

export function stoppedRunning(ids: readonly string[]): string {
  return `has stopped ${ids.length} running tasks: ${tasks(ids)}.`
}

export function stoppedPending(count: number): string {
  return `stopped ${count} pending tasks.`
}

export function unhealthyTarget(task: string, port: number, targetGroupArn: string, reason: string): string {
  return `(task ${task}) (port ${port}) is unhealthy in (target-group ${targetGroupArn}) due to (reason ${reason}).`
}

export function failedContainerHealth(task: string): string {
  return `(task ${task}) failed container health checks.`
}

export function deploymentCompleted(deployment: string): string {
  return `(deployment ${deployment}) deployment completed.`
}

export function deploymentFailed(deployment: string): string {
  return `(deployment ${deployment}) deployment failed: tasks failed to start.`
}

export function deploymentFailedByAlarm(deployment: string): string {
  return `(deployment ${deployment}) deployment failed: alarm detected.`
}

export function rollingBack(deployment: string): string {
  return `rolling back to deployment ${deployment}.`
}

/** Also what a task that was placed and failed to start is reported as. */
export function unableToPlace(stoppedReason: string): string {
  return `was unable to place a task. Reason: ${stoppedReason}`
}

export const steadyState: string = 'has reached a steady state.'

export const unableToConsistentlyStart: string =
  'is unable to consistently start tasks successfully. ' +
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

export const unableToStopOrStart: string =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration. ' +
  'Update the minimumHealthyPercent or maximumPercent value and try again.'
