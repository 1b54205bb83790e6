/** What AWS has left for this account on Fargate. */
export interface Fargate {
  /** false: there is no capacity in the zones of any subnet. */
  setCapacity(available: boolean): void
  /** On-demand limits of the account; undefined members are without limit. */
  setLimits(limits: { vCpus?: number; tasks?: number }): void
  /** Takes a task in, or tells in ECS's words why there is no place for it. */
  place(task: string, cpuUnits: number): string | undefined
  leave(task: string): void
}

/** Source: Developer Guide, "Service event messages": the texts after `was unable to place a task. Reason: `. */
const refusals = {
  capacity:
    'Capacity is unavailable at this time. Please try again later or in a different availability zone.',
  vCpus: "You've reached the limit on the number of vCPUs you can run concurrently",
  tasks: "You've reached the limit on the number of tasks you can run concurrently",
} as const

export function fargate(): Fargate {
  const running = new Map<string, number>()
  let available = true
  let limits: Parameters<Fargate['setLimits']>[0] = {}
  return {
    setCapacity(now) {
      available = now
    },
    setLimits(now) {
      limits = now
    },
    place(task, cpuUnits) {
      if (!available) return refusals.capacity
      const units = [...running.values()].reduce((sum, each) => sum + each, cpuUnits)
      if (units > (limits.vCpus ?? Number.POSITIVE_INFINITY) * 1024) return refusals.vCpus
      if (running.size >= (limits.tasks ?? Number.POSITIVE_INFINITY)) return refusals.tasks
      running.set(task, cpuUnits)
      return undefined
    },
    leave: (task) => void running.delete(task),
  }
}
