import { countsAsFailure, threshold, trips } from './circuit-breaker.ts'
import { report, reportCondition } from './event-log.ts'
import { unableToConsistentlyStart, unableToPlace } from './events.ts'
import { onInstances } from './instance-texts.ts'
import { impairedAfter } from './launch-throttle.ts'
import { verdict } from './service-health.ts'
import { type DeploymentRun, type ServiceRun, type TaskRun, targetsOf } from './service-run.ts'
import type { World } from './world.ts'

/** Looks at the health of all tasks that serve. A task that becomes healthy clears its deployment's failures, where configured. */
export function observeHealth(world: World, run: ServiceRun): void {
  for (const life of run.tasks) {
    const { task } = life
    if (task.desiredStatus === 'STOPPED' || task.startedAt === undefined) continue
    if (task.drainingSince !== undefined) continue
    life.verdict = judgeTask(world, run, life, task.startedAt)
    const healthy = life.verdict.kind === 'healthy'
    if (healthy && !task.countedHealthy) becameHealthy(run, life.of)
    task.countedHealthy = healthy
  }
}

function judgeTask(world: World, run: ServiceRun, life: TaskRun, startedAt: number): TaskRun['verdict'] {
  const checked = life.of.containers.some(({ essential, healthCheck }) => essential && healthCheck)
  return verdict(
    {
      secondsRunning: world.clock.secondsSince(startedAt),
      containers: checked ? life.task.healthStatus : undefined,
      targets: targetsOf(life).map(({ targetGroupArn, target }) => ({
        targetGroupArn,
        target,
        health: world.targetGroups.health(targetGroupArn, target),
      })),
    },
    {
      grace: run.service.healthCheckGracePeriodSeconds,
      healthyWithoutChecks: world.timings.healthyWithoutChecks,
    },
  )
}

function becameHealthy(run: ServiceRun, of: DeploymentRun): void {
  if (run.service.circuitBreaker.resetOnHealthyTask) of.deployment.failedTasks = 0
}

/** Takes the tasks that are STOPPED by now into account: counts of failures, launch throttling, events; then forgets them. */
export function accountForStopped(world: World, run: ServiceRun): void {
  const ended = [...run.tasks].filter(({ task }) => task.lastStatus === 'STOPPED')
  const failedLaunches = new Set<DeploymentRun>()
  for (const life of ended) {
    run.tasks.delete(life)
    const { deployment } = life.of
    if (deployment.rolloutState === 'IN_PROGRESS' && countsAsFailure(life.end ?? 'wanted', life.of.hasRun)) {
      deployment.failedTasks += 1
      deployment.updatedAt = world.clock.now()
    }
    if (life.unresolved) life.of.failedResolutions += 1
    if (life.end === 'never-ran') failedLaunches.add(life.of)
  }
  reportFailedLaunches(world, run, ended)
  // Tasks of one batch that fail together are one failure for the throttle (assumed).
  for (const of of failedLaunches) throttle(world, run, of)
}

/** A task that could not be placed counts as one that failed to start, and its successors are throttled alike (assumed). */
export function launchRefused(world: World, run: ServiceRun, of: DeploymentRun, reason: string): void {
  const { deployment } = of
  if (deployment.rolloutState === 'IN_PROGRESS' && countsAsFailure('never-ran', of.hasRun)) {
    deployment.failedTasks += 1
    deployment.updatedAt = world.clock.now()
  }
  report(run.service, world.clock, unableToPlace(reason))
  throttle(world, run, of)
}

function reportFailedLaunches(world: World, run: ServiceRun, ended: readonly TaskRun[]): void {
  const reasons = ended.filter(({ end }) => end === 'never-ran').map(({ task }) => task.stoppedReason ?? '')
  // A task on an instance had found its place; no event that tells of such failures was seen (assumed).
  for (const reason of new Set(reasons))
    if (reason !== onInstances.failed) report(run.service, world.clock, unableToPlace(reason))
}

function throttle(world: World, run: ServiceRun, of: DeploymentRun): void {
  of.launchFailures += 1
  of.launchFailedAt = world.clock.now()
  if (of.launchFailures >= impairedAfter) {
    reportCondition(run.service, world.clock, world.timings, unableToConsistentlyStart)
  }
}

/** Keeps the circuit breaker's figures of the service deployment current, and says whether the deployment has failed. */
export function breakerTrips(
  run: ServiceRun,
  { deployment, serviceDeployment, ...of }: DeploymentRun,
): boolean {
  const { circuitBreaker, desiredCount } = run.service
  const { status } = serviceDeployment
  if (deployment.rolloutState !== 'IN_PROGRESS') return false
  if (status !== 'IN_PROGRESS' && status !== 'ROLLBACK_IN_PROGRESS') return false
  const { breaker } = serviceDeployment
  if (breaker.status !== 'TRIGGERED') breaker.status = circuitBreaker.enable ? 'MONITORING' : 'DISABLED'
  if (circuitBreaker.enable && status === 'IN_PROGRESS') {
    breaker.threshold = threshold(circuitBreaker, desiredCount)
    breaker.failureCount = deployment.failedTasks
  }
  const { failedResolutions } = of
  return trips(circuitBreaker, { failures: deployment.failedTasks, failedResolutions, desired: desiredCount })
}
