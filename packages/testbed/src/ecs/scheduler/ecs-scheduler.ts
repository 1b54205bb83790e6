import type { Account } from '../../account/account.ts'
import type { TargetGroups } from '../../elbv2/targets.ts'
import type { ImageSource } from '../../images/image.ts'
import type { LogSink } from '../../logs/log-sink.ts'
import type { AddressPool, ContainerRuntime } from '../../tasks/container.ts'
import type { Clock } from '../../time/clock.ts'
import type { Place } from '../../wire/place.ts'
import type { Service } from '../model.ts'
import { applyChange, startsDeployment } from './change.ts'
import { containerPool } from './container-pool.ts'
import { startDeployment } from './deployments.ts'
import { rollBackByUser } from './failure.ts'
import { pass } from './pass.ts'
import type { Scheduler } from './scheduler.ts'
import { supersede } from './service-deployments.ts'
import { primaryOf, type ServiceRun, serviceRun } from './service-run.ts'
import { steps } from './steps.ts'
import { endTask } from './task-end.ts'
import { stopped } from './texts.ts'
import type { Timings } from './timings.ts'
import type { World } from './world.ts'

/** What the scheduler works with. It disposes none of these, but stops the containers that it started. */
export interface SchedulerOptions {
  account: Account
  clock: Clock
  runtime: ContainerRuntime
  images: ImageSource
  addresses: AddressPool
  targetGroups: TargetGroups
  logs: LogSink
  place: Place
  timings: Timings
  /** Called after every step whose invariants hold. */
  onStep?: (service: Service) => void
  /** Called with the first broken invariant. Whether or not it is given, every later call and the disposal throw it. */
  onViolation?: (violation: Error) => void
}

/** The service scheduler of Amazon ECS as far as ecs-model.md knows it: rolling deployments of replica services. */
export function ecsScheduler(options: SchedulerOptions): Scheduler {
  const { clock, runtime, timings, onStep, onViolation, ...rest } = options
  const step = steps({ clock, onStep, onViolation })
  const containers = containerPool(runtime)
  const later: World['later'] = (service, seconds, change) =>
    step.later(service, timings.vary(seconds), change)
  const world: World = { ...rest, clock, timings, containers, later, when: step.when }
  const runs = new Map<Service, ServiceRun>()

  const runOf = (service: Service): ServiceRun => {
    const run = runs.get(service)
    if (!run) throw new Error(`the scheduler does not know the service ${service.name}`)
    return run
  }
  return {
    createService(service, taskDefinition) {
      const run = serviceRun(service)
      runs.set(service, run)
      step.now(service, () => {
        startDeployment(world, run, taskDefinition)
        keepLooking(world, run, timings.firstStart)
      })
    },
    updateService(service, change) {
      const run = runOf(service)
      step.now(service, () => update(world, run, change))
    },
    deleteService(service) {
      const run = runOf(service)
      step.now(service, () => remove(world, run))
    },
    stopTask(task, reason) {
      const run = runOf(task.service)
      const life = [...run.tasks].find((one) => one.task === task)
      if (!life) return
      const cause = { end: 'wanted', stopCode: 'UserInitiated', reason: reason ?? stopped.byUser } as const
      step.now(task.service, () => endTask({ world, run, life }, cause))
    },
    rollBack(service, deployment) {
      const run = runOf(service)
      if (primaryOf(run).serviceDeployment === deployment) step.now(service, () => rollBackByUser(world, run))
    },
    async [Symbol.asyncDispose]() {
      try {
        step.close()
      } finally {
        await containers[Symbol.asyncDispose]()
      }
    },
  }
}

function update(world: World, run: ServiceRun, change: Parameters<Scheduler['updateService']>[1]): void {
  const { service } = run
  const { deployment } = primaryOf(run)
  const starts = startsDeployment(service, deployment.taskDefinition, change)
  const { desiredCount } = service
  applyChange(service, change)
  if (service.desiredCount !== desiredCount)
    service.earlierCount = { desiredCount, createdAt: world.clock.now() }
  if (starts) {
    startDeployment(world, run, change.taskDefinition ?? deployment.taskDefinition)
    world.later(service, world.timings.firstStart, () => look(world, run))
  } else if (deployment.desiredCount !== service.desiredCount) {
    deployment.desiredCount = service.desiredCount
    deployment.updatedAt = world.clock.now()
  }
}

function remove(world: World, run: ServiceRun): void {
  const { service } = run
  const { deployment, serviceDeployment } = primaryOf(run)
  service.status = 'DRAINING'
  service.desiredCount = 0
  deployment.desiredCount = 0
  supersede(world, service, serviceDeployment)
}

/** A look now, and from now on at the usual interval. */
function look(world: World, run: ServiceRun): void {
  run.cancelPass()
  if (run.service.status === 'INACTIVE') return
  pass(world, run)
  keepLooking(world, run, world.timings.pass)
}

function keepLooking(world: World, run: ServiceRun, seconds: number): void {
  run.cancelPass = world.later(run.service, seconds, () => look(world, run))
}
