import type { Service, Task } from '../../aws/ecs-model.ts'
import type { TargetHealth } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'
import type { Clock } from '../../time/clock.ts'
import { containersOf } from '../task-definition/document.ts'

export interface Seen {
  service: Pick<Service, 'loadBalancers'>
  /** Of the deployment, running and stopped. */
  tasks: readonly Task[]
  /** As they were at their best, without those of the deployment before; empty also where nobody may read them. */
  targets: readonly TargetHealth[]
}

/** Without a load balancer and a health check ECS takes a task for healthy when it has run so long. Milliseconds (ecs-model 3.3). */
const healthyAfter = 40_000

/**
 * Whether some task of a deployment is, or has been, healthy as far as can be seen: for its load balancer, else for its container's
 * health check, else by having run for 40 seconds.
 */
export function everHealthy(
  { service, tasks, targets }: Seen,
  { clock, definition }: { clock: Clock; definition: JsonObject },
): boolean {
  if (service.loadBalancers.length > 0 && targets.length > 0) {
    return targets.some(({ state }) => state === 'healthy')
  }
  if (tasks.some(({ healthStatus }) => healthStatus === 'HEALTHY')) return true
  const checked = containersOf(definition).some(({ healthCheck }) => healthCheck !== undefined)
  return !checked && tasks.some((task) => ranFor(task, clock.now()) >= healthyAfter)
}

/** Milliseconds from RUNNING to the decision to stop the task, or to now. */
function ranFor({ startedAt, stoppingAt, stoppedAt }: Task, now: number): number {
  if (startedAt === undefined) return 0
  return ((stoppingAt ?? stoppedAt)?.getTime() ?? now) - startedAt.getTime()
}

/** By so much a task has to run longer than others have lived, as programs of one kind do not all fail after the same time. Milliseconds. */
const clearly = 10_000

/** Whether one of the tasks runs on at an age that none of those that failed has come near to. */
export function outlived(failed: readonly Task[], tasks: readonly Task[], now: number): boolean {
  const lives = failed.map((task) => ranFor(task, now))
  return tasks.some((task) => isRunning(task) && ranFor(task, now) > Math.max(0, ...lives) + clearly)
}

/** Started, and neither ended nor to be ended. */
export function isRunning({ desiredStatus, startedAt }: Task): boolean {
  return desiredStatus === 'RUNNING' && startedAt !== undefined
}
