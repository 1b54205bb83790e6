import {
  type Finding,
  type Investigation,
  isTerminal,
  type JsonObject,
  type ServiceDeployment,
  type Sight,
  type WaitUntil,
  type WatchEnd,
  type WhyStopped,
  watch,
  whyStopped,
} from '@ecs-release/core'
import type { Started } from './deploy.ts'
import { type Followable, followable } from './followable.ts'
import { heardOut } from './late-lines.ts'
import { onlooker } from './observe.ts'
import { oldFailure } from './old-failure.ts'
import type { Run } from './run.ts'

/** What is known when the deployment has ended, or the wait has. */
export type Followed = Known & (Seen | Unseen)

interface Known {
  deploymentArn: string | undefined
  /** Why the wait was given up before the end. */
  givenUp: Finding | undefined
  /** It had failed before this run, and there was nothing to be found out. */
  oldFailure: Finding | undefined
  /** undefined for a deployment that did not fail. */
  investigation: Investigation | undefined
  stopped: WhyStopped
}

interface Seen {
  kind: 'seen'
  /** As of the last look. */
  deployment: ServiceDeployment
}

interface Unseen {
  kind: Exclude<Sight['kind'], 'seen'>
  deployment: undefined
}

/** What was seen of the deployment, for the decision on the outcome. */
export function sightOf({ deployment, kind }: Followed): Sight {
  return kind === 'seen' ? { kind, status: deployment.status } : { kind }
}

export interface FollowOptions {
  /** The task definition that is deployed. */
  definition: JsonObject
  /** Is told the service deployment as soon as it is known, and in the end the status with which it has ended. */
  note(known: { deploymentArn: string } | { ended: string }): void
}

const notStopped: WhyStopped = { supersededBy: undefined, detected: false }

const unfollowed = {
  deploymentArn: undefined,
  deployment: undefined,
  givenUp: undefined,
  oldFailure: undefined,
  investigation: undefined,
  stopped: notStopped,
}

/** Finds the service deployment and follows it to its end, telling what happens. */
export async function follow(
  run: Run,
  started: Started,
  { definition, note }: FollowOptions,
): Promise<Followed> {
  if (!started.isNew && started.primary.rolloutState === 'COMPLETED')
    return { ...unfollowed, kind: 'unneeded' }
  return run.log.group('Progress', async () => {
    const deadline = started.updatedAt + started.terms.timeout * 1000
    const found = await followable(run, started, deadline)
    if (found === undefined) return { ...unfollowed, kind: 'unlisted' }
    if (found.arn !== undefined) note({ deploymentArn: found.arn })
    const followed = await followTo(run, started, { found, deadline, definition })
    const status = followed.deployment?.status ?? ''
    if (isTerminal(status)) note({ ended: status })
    return followed
  })
}

interface Course {
  found: Followable
  /** Milliseconds since the epoch. */
  deadline: number
  definition: JsonObject
}

async function followTo(
  run: Run,
  started: Started,
  { deadline, definition, found }: Course,
): Promise<Followed> {
  const { calls, clock, logbook, signal, trouble } = run
  const { primary, service, updatedAt } = started
  const onlooking = onlooker(run, started, definition)
  const end = await watch({
    calls: { ...calls, deployment: found.look },
    clock,
    deploymentArn: found.arn ?? '',
    service,
    startedAt: updatedAt,
    deadline,
    until: untilOf(started),
    observer: onlooking.observer,
    signal,
  })
  const deployment = end.view?.deployment
  logbook.note(
    `${primary.id} ${end.kind === 'ended' ? 'ended as' : 'was left as'} ${deployment?.status ?? 'unknown'}`,
  )
  const stopped =
    deployment?.status === 'STOPPED'
      ? await whyStopped(deployment, { calls, clock, trouble, signal })
      : notStopped
  const look = () => onlooking.investigated(end.view)
  // A time-out is kept to, also where the last lines have not come.
  const investigated = end.kind === 'timed-out' ? look : () => heardOut(run, look)
  const failed = needsDiagnosis(end, stopped)
  const old = failed ? oldFailure(run, started) : undefined
  const investigation = failed && old === undefined ? await investigated() : undefined
  const givenUp = end.kind === 'given-up' ? onlooking.givenUp() : undefined
  const known = { deploymentArn: found.arn, givenUp, oldFailure: old, investigation, stopped }
  return deployment === undefined
    ? { ...known, kind: 'undescribed', deployment }
    : { ...known, kind: 'seen', deployment }
}

/** What was not started here has to be followed to its end: that somebody else's deployment has begun says nothing of ours. */
export function untilOf({ isNew, terms }: Pick<Started, 'isNew' | 'terms'>): WaitUntil {
  return isNew ? terms.until : 'completed'
}

function needsDiagnosis(end: WatchEnd, { detected, supersededBy }: WhyStopped): boolean {
  if (end.kind === 'timed-out' || end.kind === 'given-up') return true
  if (end.kind !== 'ended' || end.view.deployment.status === 'SUCCESSFUL') return false
  return detected || supersededBy === undefined
}
