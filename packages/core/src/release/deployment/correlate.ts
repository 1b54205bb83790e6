import type { ServiceDeploymentBrief } from '../../aws/ecs-model.ts'
import type { ReleaseCalls } from '../calls.ts'
import { type PollOptions, poll } from '../watch/poll.ts'
import { belongsTo } from './identity.ts'

export interface CorrelateOptions extends PollOptions {
  calls: Pick<ReleaseCalls, 'deploymentsSince'>
}

/**
 * The service deployment that belongs to `ecs-svc/N`: the one whose target service revision ends in `/N`. It is looked for
 * from the server's own creation time on, never from this machine's, and again while ECS does not list it yet.
 * `currentServiceDeployment` of the service is no help, as it can still name the one before.
 * Returns undefined when it is not listed by the deadline.
 */
export function correlate(
  deployment: { id: string; createdAt: Date },
  { calls, ...options }: CorrelateOptions,
): Promise<ServiceDeploymentBrief | undefined> {
  const createdAfter = new Date(deployment.createdAt.getTime() - 1000)
  return poll(
    () => calls.deploymentsSince(createdAfter),
    (listed) => listed.find((brief) => belongsTo(brief.targetServiceRevisionArn, deployment.id)),
    options,
  )
}
