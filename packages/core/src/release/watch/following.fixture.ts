import { correlate } from '../deployment/correlate.ts'
import { aService } from '../test-data.fixture.ts'
import {
  type Account,
  clientOf,
  deploymentId,
  type Received,
  type Script,
  type WatchedCalls,
} from './account.fixture.ts'
import { type Observer, type WatchEnd, watch } from './watch.ts'

export const minute = 60_000

export interface Followed {
  script: Script
  end: WatchEnd
  /** When the wait was over. */
  at: number
  received: readonly Received[]
  /** Errors that the client told of and went on. */
  troubles: readonly unknown[]
}

/** Follows a deployment as the action does: finds it, then watches it to its end or the deadline. */
export async function following(
  account: Account,
  script: Script,
  timeout: number,
  looking: (calls: WatchedCalls) => Pick<Observer, 'look' | 'failing' | 'hopeless'> = onlooking,
): Promise<Followed> {
  const { clock, random } = account
  const received: Received[] = []
  const troubles: unknown[] = []
  const trouble = (error: unknown) => void troubles.push(error)
  const calls = clientOf(account, script, (request) => received.push(request))
  const created = { id: deploymentId, createdAt: new Date(script.createdAt) }
  const startedAt = clock.now()
  const deadline = startedAt + timeout
  const brief = await correlate(created, { calls, clock, deadline, trouble, random })
  const end = await watch({
    calls,
    clock,
    deploymentArn: brief?.arn ?? '',
    service: aService(),
    startedAt,
    deadline,
    until: 'completed',
    observer: { ...looking(calls), trouble },
    random,
  })
  return { script, end, at: clock.now(), received, troubles }
}

/** Looks on and asks nothing. */
const onlooking = (): Pick<Observer, 'look' | 'failing'> => ({ look() {}, async failing() {} })

/** The value that this share (0 to 1) of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
