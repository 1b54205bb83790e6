import { ActionError } from '../../action/action-error.ts'
import type { ServiceDeployment } from '../../aws/ecs-model.ts'
import type { ReleaseCalls } from '../calls.ts'
import { type PollOptions, poll } from '../watch/poll.ts'
import { primaryOf } from './identity.ts'
import type { InProgress } from './in-progress.ts'
import { listedLook } from './listed-look.ts'
import { isTerminal } from './status.ts'

export interface UntilOverOptions extends PollOptions {
  calls: Pick<ReleaseCalls, 'deployment' | 'service'>
  /** Told after each look how it stands, in one line. */
  look: (line: string) => void
}

interface State {
  over: boolean
  line: string
}

/** Waits until somebody else's deployment has ended, however that is. Returns its last status, or undefined at the deadline. */
export function untilOver(
  { arn }: InProgress,
  { calls, look, ...options }: UntilOverOptions,
): Promise<string | undefined> {
  const state = arn === undefined ? () => ofPrimary(calls) : orOfPrimary(arn, calls, options)
  return poll(
    state,
    ({ line, over }) => {
      look(line)
      return over ? line : undefined
    },
    options,
  )
}

/** Whoever may list service deployments need not be allowed to describe them: then the PRIMARY tells. */
function orOfPrimary(
  arn: string,
  calls: UntilOverOptions['calls'],
  { clock, trouble }: PollOptions,
): () => Promise<State | undefined> {
  const see = listedLook(calls, clock, arn)
  let denied = false
  return async () => {
    if (denied) return ofPrimary(calls)
    try {
      return stateOf(await see())
    } catch (error) {
      if (!(error instanceof ActionError) || error.code !== 'access-denied') throw error
      trouble(error)
      denied = true
      return ofPrimary(calls)
    }
  }
}

function stateOf(deployment: ServiceDeployment | undefined): State | undefined {
  if (deployment === undefined) return undefined
  const { pendingTaskCount, requestedTaskCount, runningTaskCount, status } = deployment
  if (isTerminal(status)) return { over: true, line: status }
  const line = `${status} · desired ${requestedTaskCount} · running ${runningTaskCount} · pending ${pendingTaskCount}`
  return { over: false, line }
}

async function ofPrimary(calls: Pick<ReleaseCalls, 'service'>): Promise<State> {
  const primary = primaryOf(await calls.service())
  return {
    over: primary?.rolloutState !== 'IN_PROGRESS',
    line: primary?.rolloutState ?? 'without a PRIMARY deployment',
  }
}
