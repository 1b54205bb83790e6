import { limits } from '../limits.ts'
import { type Plan, type PlannedTask, plan } from '../rollout.ts'

/** healthy, running, unhealthy, pending, draining, or retreating after a failed launch */
const letters: Record<string, Pick<PlannedTask, 'state' | 'health'>> = {
  h: { state: 'running', health: 'healthy' },
  r: { state: 'running', health: 'unknown' },
  u: { state: 'running', health: 'unhealthy' },
  p: { state: 'pending', health: 'unknown' },
  d: { state: 'draining', health: 'healthy' },
  x: { state: 'retreating', health: 'unknown' },
}

/** Tasks by letter, with ids such as `old1`. */
function tasks(deployment: string, states: string): PlannedTask[] {
  return [...states].map((letter, index) => {
    const state = letters[letter]
    if (!state) throw new Error(`no state ${letter}`)
    return { id: `${deployment}${index + 1}`, deployment, ...state }
  })
}

/** A service in the middle of a rollout from `old` to `new`, tasks by letter; percentages are minimum and maximum. */
export interface Given {
  desired: number
  percent?: [number, number]
  now: string
  old?: string
  /** What has not been let go of the old deployment. */
  oldDesired?: number
  limit?: number
  oldLimit?: number
  failed?: boolean
}

/** The plan for it. */
export function planned({
  desired,
  percent = [100, 200],
  now,
  old,
  oldDesired,
  limit,
  oldLimit,
  failed,
}: Given): Plan {
  const [minimumHealthyPercent, maximumPercent] = percent
  const all = Number.POSITIVE_INFINITY
  return plan({
    desired,
    limits: limits(desired, { minimumHealthyPercent, maximumPercent }),
    primary: { id: 'new', desired, launchLimit: limit ?? all, failed: failed ?? false },
    sources:
      old === undefined ? [] : [{ id: 'old', desired: oldDesired ?? desired, launchLimit: oldLimit ?? all }],
    tasks: [...tasks('new', now), ...tasks('old', old ?? '')],
  })
}
