import type { TargetHealth } from '../../aws/elbv2.ts'
import type { View } from './watch.ts'

/**
 * The targets of a deployment as they were at their best, over all looks: one that was healthy once stays so here, for it may be gone by the
 * next look. Left out are those that were healthy at the first look, which are of the deployment before, until they leave: their
 * address or port may then be given to a new task.
 */
export function newTargets(): (view: Pick<View, 'targets'>) => readonly TargetHealth[] {
  const best = new Map<string, TargetHealth>()
  let old: Set<string> | undefined
  return ({ targets }) => {
    const now = new Map(targets.map((target) => [keyOf(target), target]))
    old ??= new Set([...now].filter(([, { state }]) => state === 'healthy').map(([key]) => key))
    for (const key of old) {
      const state = now.get(key)?.state
      if (state === undefined || state === 'draining') old.delete(key)
    }
    for (const [key, target] of now) {
      if (target.state === 'draining' || old.has(key) || best.get(key)?.state === 'healthy') continue
      best.set(key, target)
    }
    return [...best.values()]
  }
}

/** Tasks on one instance share its id and differ in the port. */
function keyOf({ id, port }: TargetHealth): string {
  return `${id}:${port}`
}
