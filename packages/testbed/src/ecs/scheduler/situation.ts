import { elapsed } from './elapsed.ts'
import { mustResolve } from './image-resolution.ts'
import { launchDelay } from './launch-throttle.ts'
import { limits } from './limits.ts'
import type { PlannedTask, Situation } from './rollout.ts'
import { type DeploymentRun, primaryOf, type ServiceRun, type TaskRun } from './service-run.ts'
import type { World } from './world.ts'

/** What the next pass has to decide on. */
export function situation(world: World, run: ServiceRun): Situation {
  const { service } = run
  const primary = primaryOf(run)
  const tasks = [...run.tasks].map(plannedTask).filter((task) => task !== undefined)
  const listed = run.deployments.filter(({ deployment }) => service.deployments.includes(deployment))
  return {
    desired: service.desiredCount,
    limits: limits(service.desiredCount, service),
    primary: {
      id: primary.deployment.id,
      desired: service.desiredCount,
      launchLimit: launchLimit(world, run, primary),
      failed: primary.deployment.rolloutState === 'FAILED',
    },
    sources: listed
      .filter((of) => of !== primary)
      .map((of) => ({
        id: of.deployment.id,
        desired: of.deployment.desiredCount,
        launchLimit: of.proven ? launchLimit(world, run, of) : 0,
      })),
    tasks,
  }
}

function plannedTask({ task, of, verdict, end }: TaskRun): PlannedTask | undefined {
  const shown = { id: task.id, deployment: of.deployment.id, health: verdict.kind }
  if (task.desiredStatus === 'STOPPED') {
    // Only a failed launch keeps its place until it is gone: its replacement waits for the outcome.
    return end === 'never-ran' ? { ...shown, state: 'retreating' } : undefined
  }
  if (task.startedAt === undefined) return { ...shown, state: 'pending' }
  return { ...shown, state: task.drainingSince === undefined ? 'running' : 'draining' }
}

/** How many tasks of a deployment may be launched now. */
function launchLimit(world: World, run: ServiceRun, of: DeploymentRun): number {
  const { clock, timings } = world
  const { deployment } = of
  if (deployment.rolloutState === 'FAILED' || run.service.status !== 'ACTIVE') return 0
  if (!elapsed(clock, deployment.createdAt, timings.firstStart)) return 0
  const delay = launchDelay(of.launchFailures, timings)
  if (of.launchFailedAt !== undefined && !elapsed(clock, of.launchFailedAt, delay)) return 0
  if (!mustResolve(of)) return Number.POSITIVE_INFINITY
  const underway = [...run.tasks].filter((life) => life.of === of && life.task.startedAt === undefined)
  return Math.max(0, 1 - underway.length)
}
