import type { Outcome } from '@ecs-release/core'
import { everyStatus } from '@ecs-release/core/test-data'

/** What AWS shows while the action waits and proves. */
export interface Shown {
  /** Of the service deployment. */
  status: string
  /** Of its deployment in DescribeServices. */
  rolloutState: 'COMPLETED' | 'IN_PROGRESS' | 'FAILED'
  /** Whether UpdateService started it. */
  deployment: 'new' | 'none'
  /** Whose deployment is PRIMARY by then. */
  primary: 'ours' | 'another'
  desired: 0 | 1
  /** Which digest the tasks report. */
  digest: 'right' | 'wrong'
}

/** And one that AWS may add some day. */
export const statuses = [...everyStatus, 'A_STATUS_OF_TOMORROW'] as const

/** Everything with everything. */
export const product: readonly Shown[] = statuses.flatMap((status) =>
  (['COMPLETED', 'IN_PROGRESS', 'FAILED'] as const).flatMap((rolloutState) =>
    (['new', 'none'] as const).flatMap((deployment) =>
      (['ours', 'another'] as const).flatMap((primary) =>
        ([0, 1] as const).flatMap((desired) =>
          (['right', 'wrong'] as const).map((digest) => ({
            status,
            rolloutState,
            deployment,
            primary,
            desired,
            digest,
          })),
        ),
      ),
    ),
  ),
)

/** Without a new deployment, one that has completed is not followed: its status is not asked for. */
export function isFollowed({ deployment, rolloutState }: Shown): boolean {
  return deployment === 'new' || rolloutState !== 'COMPLETED'
}

/** How the step has to end, whatever is in its code. Only the four terminal statuses say that a deployment has ended. */
export function outcomeOf(shown: Shown): Outcome['kind'] {
  const { primary, rolloutState, status } = shown
  if (!isFollowed(shown)) return proofOf(shown)
  switch (status) {
    case 'SUCCESSFUL':
      return proofOf(shown)
    case 'STOPPED':
      if (primary === 'another') return 'superseded'
      return rolloutState === 'FAILED' ? 'failed' : 'stopped'
    case 'ROLLBACK_SUCCESSFUL':
      return 'rolled-back'
    case 'ROLLBACK_FAILED':
      return 'rollback-failed'
    default:
      return 'timed-out'
  }
}

function proofOf({ deployment, desired, digest, primary }: Shown): Outcome['kind'] {
  if (primary === 'another') return 'superseded'
  if (desired === 0) return 'unverified'
  if (digest === 'wrong') return 'failed'
  return deployment === 'new' ? 'succeeded' : 'no-change'
}

/** What tells one way to an end from another; of what is shown besides, nothing matters. */
export function wayTo(shown: Shown): string {
  const status = isFollowed(shown) ? shown.status : 'not followed'
  return `${status}, deployment ${shown.deployment}: ${outcomeOf(shown)}`
}
