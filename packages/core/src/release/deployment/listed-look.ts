import { ActionError } from '../../action/action-error.ts'
import type { ServiceDeployment } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'

/** ECS is eventually consistent: a deployment that it has just listed may be unknown to the describing call for a while. Milliseconds. */
const unknownAtFirst = 60_000

/** Looks at a service deployment that was listed: undefined for as long as it may still be unknown, `not-found` after that. */
export function listedLook(
  calls: Pick<ReleaseCalls, 'deployment'>,
  clock: Pick<Clock, 'now'>,
  arn: string,
): () => Promise<ServiceDeployment | undefined> {
  const begin = clock.now()
  return async () => {
    try {
      return await calls.deployment(arn)
    } catch (error) {
      const early = clock.now() - begin < unknownAtFirst
      if (early && error instanceof ActionError && error.code === 'not-found') return undefined
      throw error
    }
  }
}
