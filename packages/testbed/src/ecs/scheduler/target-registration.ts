import { report } from './event-log.ts'
import { deregisteredTargets, registeredTargets } from './events.ts'
import { type ServiceRun, type TaskRun, targetsOf } from './service-run.ts'
import type { World } from './world.ts'

/** Registers a task with every target group of its revision; the next report tells so. */
export function registerTargets(world: World, run: ServiceRun, life: TaskRun): void {
  if (life.registered) return
  life.registered = true
  for (const { targetGroupArn, target } of targetsOf(life)) {
    world.targetGroups.register(targetGroupArn, target)
    run.registered.set(targetGroupArn, (run.registered.get(targetGroupArn) ?? 0) + 1)
  }
}

/** Takes a task out of its target groups, once. */
export function deregisterTargets(world: World, run: ServiceRun, life: TaskRun): void {
  if (!life.registered) return
  life.registered = false
  for (const { targetGroupArn, target } of targetsOf(life)) {
    world.targetGroups.deregister(targetGroupArn, target)
    run.deregistered.set(targetGroupArn, (run.deregistered.get(targetGroupArn) ?? 0) + 1)
  }
}

/** Reports what was registered since the last report. */
export function reportRegistered(world: World, run: ServiceRun): void {
  for (const [arn, count] of run.registered) report(run.service, world.clock, registeredTargets(count, arn))
  run.registered.clear()
}

/** Reports what was deregistered since the last report. */
export function reportDeregistered(world: World, run: ServiceRun): void {
  for (const [arn, count] of run.deregistered)
    report(run.service, world.clock, deregisteredTargets(count, arn))
  run.deregistered.clear()
}

/** The longest deregistration delay among the task's target groups, in seconds. */
export function drainingSeconds(world: World, life: TaskRun): number {
  const delays = targetsOf(life).map(({ targetGroupArn }) =>
    world.targetGroups.deregistrationDelay(targetGroupArn),
  )
  return Math.max(0, ...delays)
}
