import type { Limits } from './limits.ts'

/** A task as the decision sees it. Tasks whose end has begun are not part of it, but for `retreating`. */
export interface PlannedTask {
  id: string
  deployment: string
  /** `retreating`: it never ran and is being cleared away; its place is free when it is gone. */
  state: 'pending' | 'running' | 'draining' | 'retreating'
  health: 'healthy' | 'unknown' | 'unhealthy'
}

export interface PlannedDeployment {
  id: string
  /** Tasks it should have: the service's count for the PRIMARY, what has not been let go for an older one. */
  desired: number
  /** How many tasks may be launched now: 0 when it has failed, is throttled or was never successful and is being replaced. */
  launchLimit: number
}

export interface Situation {
  desired: number
  limits: Limits
  primary: PlannedDeployment & { failed: boolean }
  sources: readonly PlannedDeployment[]
  tasks: readonly PlannedTask[]
}

export interface Plan {
  start: { deployment: string; count: number }[]
  /** Running tasks that fail their health checks. */
  stopUnhealthy: string[]
  stopPending: string[]
  /** Running tasks that are no longer needed: drained where there is something to drain. */
  letGo: string[]
  /** The percentages allow neither a start nor a stop. */
  stuck: boolean
}

const isLive = ({ state }: PlannedTask): boolean => state === 'pending' || state === 'running'
const isHealthy = (task: PlannedTask): boolean => task.state === 'running' && task.health === 'healthy'
const isUnhealthy = (task: PlannedTask): boolean => task.state === 'running' && task.health === 'unhealthy'

/**
 * What the service scheduler does in one pass of a rolling deployment.
 * Source: Developer Guide, "Deploy Amazon ECS services by replacing tasks" and "Amazon ECS services"; ecs-model.md 3.2–3.4.
 */
export function plan(situation: Situation): Plan {
  const { primary, sources, tasks, limits, desired } = situation
  const occupied = tasks.filter(({ state }) => state !== 'retreating').length
  const wanted: Plan = { start: [], stopUnhealthy: [], stopPending: [], letGo: [], stuck: false }

  const target = tasks.filter(({ deployment }) => deployment === primary.id)
  const old = tasks.filter(({ deployment }) => deployment !== primary.id)
  const keptOld = primary.failed ? desired : Math.max(0, desired - count(target, isHealthy))
  let room = limits.maximum - occupied
  room -= replaceAndFill(primary, tasks, room, wanted)
  for (const source of sources) {
    // What is about to be let go is not replaced any more.
    const still = { ...source, desired: Math.min(source.desired, keptOld) }
    room -= replaceAndFill(still, tasks, room, wanted)
  }
  const missing = lacking(primary, tasks) - started(wanted, primary.id)
  const blocked = missing > 0 && room <= 0 && primary.launchLimit > 0
  const free = count(tasks, isHealthy) - limits.minimum
  const surplusOld = count(old, isLive) - count(old, isUnhealthy) - keptOld
  const making = blocked ? missing - count(tasks, ({ state }) => state === 'draining') : 0
  const gone = release(old, Math.max(surplusOld, making), free, wanted)
  release(target, count(target, isLive) - count(target, isUnhealthy) - desired, free - gone, wanted)
  stopUnproven(old, sources, wanted)
  wanted.stuck = blocked && isIdle(wanted, tasks)
  return wanted
}

/** Launches of one deployment: first those that replace unhealthy tasks, which is why they may be stopped at once. */
function replaceAndFill(
  of: PlannedDeployment,
  tasks: readonly PlannedTask[],
  room: number,
  into: Plan,
): number {
  const missing = lacking(of, tasks)
  const launches = Math.max(0, Math.min(missing, room, of.launchLimit))
  if (launches > 0) into.start.push({ deployment: of.id, count: launches })
  const unhealthy = tasks.filter((task) => task.deployment === of.id && isUnhealthy(task))
  // Without room for the replacement one unhealthy task makes room first; what nobody will replace just goes.
  const replaceable = of.launchLimit > 0 && missing > launches
  const stops = replaceable ? Math.max(launches, 1) : unhealthy.length
  into.stopUnhealthy.push(...unhealthy.slice(0, stops).map(({ id }) => id))
  return launches
}

function lacking(of: PlannedDeployment, tasks: readonly PlannedTask[]): number {
  const own = tasks.filter(({ deployment }) => deployment === of.id)
  const counted = own.filter((task) => task.state !== 'draining' && !isUnhealthy(task))
  return of.desired - counted.length
}

/** Lets up to `surplus` tasks go, those first that serve nobody; healthy ones only as far as the minimum allows. Returns how many healthy ones. */
function release(candidates: readonly PlannedTask[], surplus: number, free: number, into: Plan): number {
  const pending = candidates.filter(({ state }) => state === 'pending')
  const unknown = candidates.filter(({ state, health }) => state === 'running' && health === 'unknown')
  const healthy = candidates.filter(isHealthy)
  const idle = [...pending, ...unknown].slice(0, Math.max(0, surplus))
  const serving = healthy.slice(0, Math.max(0, Math.min(surplus - idle.length, free)))
  into.stopPending.push(...idle.filter(({ state }) => state === 'pending').map(({ id }) => id))
  into.letGo.push(...[...idle.filter(({ state }) => state === 'running'), ...serving].map(({ id }) => id))
  return serving.length
}

/** Pending tasks of a deployment that was never successful are of no use once another one has taken over (assumed). */
function stopUnproven(old: readonly PlannedTask[], sources: readonly PlannedDeployment[], into: Plan): void {
  const unproven = new Set(sources.filter(({ launchLimit }) => launchLimit === 0).map(({ id }) => id))
  for (const { id, state, deployment } of old) {
    if (state === 'pending' && unproven.has(deployment) && !into.stopPending.includes(id))
      into.stopPending.push(id)
  }
}

/** Nothing is under way that would make room or health by itself. */
function isIdle({ start, letGo }: Plan, tasks: readonly PlannedTask[]): boolean {
  return start.length === 0 && letGo.length === 0 && tasks.every(isHealthy)
}

function started(wanted: Plan, deployment: string): number {
  return wanted.start
    .filter((start) => start.deployment === deployment)
    .reduce((sum, { count }) => sum + count, 0)
}

function count(tasks: readonly PlannedTask[], fits: (task: PlannedTask) => boolean): number {
  return tasks.filter(fits).length
}
