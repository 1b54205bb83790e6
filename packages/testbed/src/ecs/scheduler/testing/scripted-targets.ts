import type { Target, TargetGroups, TargetHealth } from '../../../elbv2/targets.ts'
import type { Clock } from '../../../time/clock.ts'
import type { Behaviour } from './behaviour.ts'

/** Target groups whose health checks go by the behaviour of what listens at the target's address. */
export interface ScriptedTargets extends TargetGroups {
  /** `register ADDRESS` and `deregister ADDRESS`, in order. */
  calls: string[]
}

const descriptions: Partial<Record<TargetHealth['state'], string>> = {
  unhealthy: 'Health checks failed with these codes: [503]',
}

export function scriptedTargets(
  clock: Clock,
  delay: number,
  behaviourAt: (address: string) => Behaviour,
): ScriptedTargets {
  const registered = new Map<string, { since: number; draining?: number }>()
  const calls: string[] = []
  const key = (group: string, { id, port }: Target): string => `${group} ${id}:${port}`
  return {
    calls,
    deregistrationDelay: () => delay,
    register(group, target) {
      calls.push(`register ${target.id}`)
      registered.set(key(group, target), { since: clock.now() })
    },
    deregister(group, target) {
      calls.push(`deregister ${target.id}`)
      const entry = registered.get(key(group, target))
      if (entry) entry.draining = clock.now()
    },
    health(group, target) {
      const entry = registered.get(key(group, target))
      if (!entry) return undefined
      if (entry.draining !== undefined) {
        return clock.secondsSince(entry.draining) < delay ? { target, state: 'draining' } : undefined
      }
      const state = behaviourAt(target.id).target ?? ((seconds) => (seconds < 10 ? 'initial' : 'healthy'))
      const now = state(clock.secondsSince(entry.since))
      const description = descriptions[now]
      return { target, state: now, ...(description !== undefined && { description }) }
    },
  }
}
