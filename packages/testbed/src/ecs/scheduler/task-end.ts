import { isFargate } from '../views/compute-view.ts'
import type { TaskEnd } from './circuit-breaker.ts'
import { moveTask } from './edges.ts'
import { onInstances } from './instance-texts.ts'
import { deregisterTargets, drainingSeconds } from './target-registration.ts'
import { cancelWaiting, type Life, wait } from './task-wait.ts'

/** Why a task ends, in ECS's words. */
export interface EndCause {
  end: TaskEnd
  stopCode: 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated' | 'ServiceSchedulerInitiated'
  reason: string
}

/** Begins a task's end; does nothing when it has begun. A task that never ran has nothing to deactivate. */
export function endTask(of: Life, cause: EndCause): void {
  const { task } = of.life
  if (task.desiredStatus === 'STOPPED') return
  cancelWaiting(of.life)
  of.life.end = cause.end
  task.desiredStatus = 'STOPPED'
  task.stopCode = cause.stopCode
  task.stoppedReason = cause.reason
  task.stoppingAt = of.world.clock.now()
  if (task.startedAt === undefined) {
    for (const container of of.life.running.values()) container.signal('SIGKILL')
    moveTask(task, 'DEPROVISIONING')
    wait(of, of.world.timings.neverRanDeprovisioning, () => finish(of))
    return
  }
  leaveRunning(of, cause)
}

/** Ends a task that cannot run because of one of its containers. On Fargate the task shows the reason of the container too. */
export function failToStart(of: Life, reason: string, container: string): void {
  const shown = of.life.task.containers.find(({ name }) => name === container)
  if (shown) shown.reason = reason
  const told = runsOnFargate(of) ? reason : onInstances.failed
  endTask(of, { end: 'never-ran', stopCode: 'TaskFailedToStart', reason: told })
}

/** Whether a task runs on Fargate; else on container instances, of which only the words of its failures are modelled. */
export function runsOnFargate({ life }: Life): boolean {
  return isFargate(life.of.deployment.revision.raw)
}

/**
 * Leaves the target groups before SIGTERM. With several target groups that and the deregistration delay belong to DEACTIVATING
 * (Developer Guide 2023, "Amazon ECS task lifecycle"); with one the scheduler has drained the task before, or, for
 * StopTask and failed tasks, AWS gives no figure and the short wait is assumed. A task that has ended by itself need not be told.
 */
function leaveRunning(of: Life, { end }: EndCause): void {
  const { life, world, run } = of
  const wasRegistered = life.registered
  if (!isBehindSeveral(of)) deregisterTargets(world, run, life)
  if (end === 'exited') deactivate(of, wasRegistered)
  else wait(of, world.timings.stopOrder, () => deactivate(of, wasRegistered))
}

function deactivate(of: Life, wasRegistered: boolean): void {
  const { life, world, run } = of
  moveTask(life.task, 'DEACTIVATING')
  deregisterTargets(world, run, life)
  const seconds = isBehindSeveral(of) ? drainingSeconds(world, life) : world.timings.deactivating
  if (wasRegistered) wait(of, seconds, () => terminate(of))
  else terminate(of)
}

function isBehindSeveral({ life }: Life): boolean {
  return life.of.deployment.revision.loadBalancers.length > 1
}

/** SIGTERM, and SIGKILL after the container's stopTimeout. */
function terminate(of: Life): void {
  const { life } = of
  moveTask(life.task, 'STOPPING')
  if (life.running.size === 0) {
    deprovision(of)
    return
  }
  for (const [name, container] of life.running) {
    container.signal('SIGTERM')
    const definition = life.of.containers.find((one) => one.name === name)
    wait(of, definition?.stopTimeout ?? 30, () => container.signal('SIGKILL'))
  }
}

/** To be called when a container of an ending task has exited. */
export function containerGone(of: Life): void {
  if (of.life.task.lastStatus === 'STOPPING' && of.life.running.size === 0) deprovision(of)
}

function deprovision(of: Life): void {
  cancelWaiting(of.life)
  of.life.task.executionStoppedAt = of.world.clock.now()
  moveTask(of.life.task, 'DEPROVISIONING')
  wait(of, of.world.timings.deprovisioning, () => finish(of))
}

function finish({ life, run, world }: Life): void {
  const { task } = life
  moveTask(task, 'STOPPED')
  task.stoppedAt = world.clock.now()
  for (const container of task.containers) container.lastStatus = 'STOPPED'
  const { account, addresses, timings } = world
  world.later(run.service, timings.stoppedTaskRetention, () => run.service.cluster.tasks.delete(task.id))
  account.fargate.leave(task.id)
  if (task.address === undefined) return
  account.network.detach(task.address)
  addresses.release(task.address)
}
