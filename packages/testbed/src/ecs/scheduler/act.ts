import { elapsed } from './elapsed.ts'
import { report, reportCondition } from './event-log.ts'
import {
  begunDraining,
  failedContainerHealth,
  startedTasks,
  stoppedPending,
  stoppedRunning,
  unableToStopOrStart,
  unhealthyTarget,
} from './events.ts'
import { launchTask } from './launch.ts'
import { launchRefused } from './observe.ts'
import type { Plan } from './rollout.ts'
import type { DeploymentRun, ServiceRun, TaskRun } from './service-run.ts'
import {
  deregisterTargets,
  drainingSeconds,
  registerTargets,
  reportDeregistered,
  reportRegistered,
} from './target-registration.ts'
import { endTask } from './task-end.ts'
import { stopped } from './texts.ts'
import type { World } from './world.ts'

/** Carries out a plan. The order is the one in which ECS's events of one pass were seen (ecs-model.md 8). */
export function act(world: World, run: ServiceRun, plan: Plan): void {
  const { service } = run
  const chosen = (ids: readonly string[]): TaskRun[] =>
    [...run.tasks].filter(({ task }) => ids.includes(task.id))
  const drained = tasksDrained(world, run)
  const unhealthy = chosen(plan.stopUnhealthy)

  for (const { deployment, count } of plan.start) start(world, run, deployment, count, unhealthy)
  owe(unhealthy)
  registerRunning(world, run, new Set([...plan.letGo, ...plan.stopUnhealthy]))
  for (const life of unhealthy) stopUnhealthy(world, run, life)
  const pending = chosen(plan.stopPending)
  for (const life of pending) scaleIn(world, run, life)
  const { draining, stopping } = letGo(world, run, chosen(plan.letGo))
  reportDeregistered(world, run)
  if (draining.length > 0) report(service, world.clock, begunDraining(draining.length))
  for (const life of [...stopping, ...drained]) scaleIn(world, run, life)
  const ended = [...unhealthy, ...stopping, ...drained].map(({ task }) => task.id)
  if (ended.length > 0) report(service, world.clock, stoppedRunning(ended))
  if (pending.length > 0) report(service, world.clock, stoppedPending(pending.length))
  if (plan.stuck) reportCondition(service, world.clock, world.timings, unableToStopOrStart)
}

function start(
  world: World,
  run: ServiceRun,
  deployment: string,
  count: number,
  unhealthy: readonly TaskRun[],
): void {
  const of = run.deployments.find((one) => one.deployment.id === deployment)
  if (!of) return
  const own = unhealthy.filter((life) => life.of === of).length
  const ids = launch(world, run, of, count)
  const replaced = Math.min(ids.length, of.owedReplacements + own)
  // Those that are stopped in this very pass are counted as owed right after it.
  of.owedReplacements -= replaced
  if (ids.length > 0) report(run.service, world.clock, startedTasks(ids, replaced))
}

/** Launches up to so many tasks. The first for which there is no place ends it, as the others would not find one either. */
function launch(world: World, run: ServiceRun, of: DeploymentRun, count: number): string[] {
  const ids: string[] = []
  while (ids.length < count) {
    const launched = launchTask(world, run, of)
    if ('refused' in launched) {
      launchRefused(world, run, of, launched.refused)
      break
    }
    ids.push(launched.id)
  }
  return ids
}

function owe(unhealthy: readonly TaskRun[]): void {
  for (const { of } of unhealthy) of.owedReplacements += 1
}

/** With one target group the scheduler registers tasks that run; with several they are registered by then. */
function registerRunning(world: World, run: ServiceRun, leaving: ReadonlySet<string>): void {
  for (const life of run.tasks) {
    const { task } = life
    const stays = task.drainingSince === undefined && !leaving.has(task.id)
    const serves = task.lastStatus === 'RUNNING' && stays
    if (serves && life.of.deployment.revision.loadBalancers.length > 0) registerTargets(world, run, life)
  }
  reportRegistered(world, run)
}

function stopUnhealthy(world: World, run: ServiceRun, life: TaskRun): void {
  const { event, reason } = unhealthyCause(life)
  report(run.service, world.clock, event)
  endTask({ world, run, life }, { end: 'unhealthy', stopCode: 'ServiceSchedulerInitiated', reason })
}

function unhealthyCause({ verdict, task }: TaskRun): { event: string; reason: string } {
  if (verdict.kind !== 'unhealthy' || verdict.by === 'container') {
    return { event: failedContainerHealth(task.id), reason: stopped.containerHealth }
  }
  const { targetGroupArn, target } = verdict.target
  const event = unhealthyTarget(task.id, target.port, targetGroupArn, verdict.reason)
  return { event, reason: stopped.targetHealth(targetGroupArn) }
}

/** With one target group tasks are drained while they go on running; all others stop at once (ecs-model.md 3.4). */
function letGo(
  world: World,
  run: ServiceRun,
  tasks: readonly TaskRun[],
): { draining: TaskRun[]; stopping: TaskRun[] } {
  const drains = (life: TaskRun): boolean =>
    life.registered && life.of.deployment.revision.loadBalancers.length === 1
  const draining = tasks.filter(drains)
  for (const life of draining) {
    deregisterTargets(world, run, life)
    life.task.drainingSince = world.clock.now()
  }
  for (const { of } of tasks) if (of.deployment.status === 'ACTIVE') of.deployment.desiredCount -= 1
  return { draining, stopping: tasks.filter((life) => !draining.includes(life)) }
}

function tasksDrained(world: World, run: ServiceRun): TaskRun[] {
  return [...run.tasks].filter((life) => {
    const { drainingSince, desiredStatus } = life.task
    if (drainingSince === undefined || desiredStatus === 'STOPPED') return false
    return elapsed(world.clock, drainingSince, drainingSeconds(world, life))
  })
}

/** Whose deployment id AWS names during a rolling update is not established; here it is the task's own. */
function scaleIn(world: World, run: ServiceRun, life: TaskRun): void {
  endTask(
    { world, run, life },
    { end: 'wanted', stopCode: 'ServiceSchedulerInitiated', reason: stopped.scaling(life.task.startedBy) },
  )
}
