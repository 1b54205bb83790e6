/** When a target group fails open: fewer healthy targets than this. Source: "Target group health" attributes. */
export interface MinimumHealthy {
  count: number
  /** Of the registered targets; undefined is `off`. */
  percent?: number
}

/** What routing looks at in a target. */
export interface Routable {
  readonly inUse: boolean
  readonly healthy: boolean
  readonly draining: boolean
}

export interface Candidates<T> {
  targets: readonly T[]
  /** Requests go to every registered target because too few are healthy. */
  failsOpen: boolean
}

/** The targets that may get the next request; none when none is registered. Draining ones never do. */
export function candidates<T extends Routable>(
  targets: readonly T[],
  minimum: MinimumHealthy,
): Candidates<T> {
  const registered = targets.filter((target) => target.inUse)
  const healthy = registered.filter((target) => target.healthy)
  const needed = Math.max(minimum.count, Math.ceil((registered.length * (minimum.percent ?? 0)) / 100), 1)
  if (healthy.length >= needed) return { targets: healthy, failsOpen: false }
  return { targets: registered, failsOpen: true }
}

/**
 * The invariant of the data plane, checked on each routed request apart from how the target was chosen: only a
 * healthy target gets traffic unless its group fails open. Returns the violation in words.
 */
export function routingViolation(
  chosen: Routable,
  targets: readonly Routable[],
  minimum: MinimumHealthy,
): string | undefined {
  if (!targets.includes(chosen)) return 'a request was routed to a target that is not registered'
  if (chosen.draining) return 'a request was routed to a draining target'
  if (chosen.healthy) return undefined
  let registered = 0
  let healthy = 0
  for (const target of targets) {
    if (target.draining) continue
    registered += 1
    if (target.healthy) healthy += 1
  }
  const enough =
    healthy > 0 && healthy >= minimum.count && healthy * 100 >= registered * (minimum.percent ?? 0)
  if (!enough) return undefined
  return `a request was routed to a target that is not healthy while ${healthy} of ${registered} were`
}
