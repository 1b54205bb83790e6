import type { AccountRates } from '@ecs-release/testbed'
import { ActionError } from '../../action/action-error.ts'
import type { ServiceDeployment } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import type { TerminalStatus } from '../deployment/status.ts'
import { aCrashedTask, aService, aServiceDeployment, aTask, ours, revisionArn } from '../test-data.fixture.ts'

/** One deployment as its account shows it. Moments are milliseconds on the clock. */
export interface Script {
  createdAt: number
  /** When another of its tasks runs. */
  changes: readonly number[]
  /** When another of its tasks has failed, each in its own way. */
  failures?: readonly number[]
  /** When ECS gives it up, for the two ends by a rollback. */
  failedAt: number
  endsAt: number
  end: TerminalStatus
}

/** One request as AWS received it, retries included. */
export interface Received {
  action: string
  at: number
  throttled: boolean
}

export interface Account {
  clock: Clock
  rates: AccountRates
  random: () => number
  /** Throws what every call to be made at this moment is refused with. */
  refuse?: (action: string) => void
}

export type WatchedCalls = Pick<
  ReleaseCalls,
  'deploymentsSince' | 'deployment' | 'service' | 'targets' | 'tasks' | 'revisions'
>

/** A client of the account that sees one deployment; `received` hears each of its requests. */
export function clientOf(
  account: Account,
  script: Script,
  received: (request: Received) => void,
): WatchedCalls {
  const ask = (service: 'ecs' | 'elasticloadbalancing', operation: string) =>
    request(account, { service, operation }, received)
  return {
    async deploymentsSince() {
      await ask('ecs', 'ListServiceDeployments')
      const { arn, status } = stateOf(script, account.clock.now())
      return [
        { arn, status, targetServiceRevisionArn: revisionArn(2), createdAt: new Date(script.createdAt) },
      ]
    },
    async deployment() {
      await ask('ecs', 'DescribeServiceDeployments')
      return stateOf(script, account.clock.now())
    },
    async service() {
      await ask('ecs', 'DescribeServices')
      return aService()
    },
    async targets() {
      await ask('elasticloadbalancing', 'DescribeTargetHealth')
      return []
    },
    async tasks(status) {
      await ask('ecs', 'ListTasks')
      const past = ({ [status]: moments }: Record<typeof status, readonly number[]>) =>
        moments.filter((at) => at <= account.clock.now())
      const { changes: RUNNING, failures: STOPPED = [] } = script
      const moments = past({ RUNNING, STOPPED })
      if (moments.length > 0) await ask('ecs', 'DescribeTasks')
      return moments.map((_, index) =>
        status === 'RUNNING' ? aTask(`r${index}`) : aCrashedTask(`s${index}`, index + 1),
      )
    },
    async revisions() {
      await ask('ecs', 'DescribeServiceRevisions')
      return []
    },
  }
}

export const deploymentId: string = ours

/** What DescribeServiceDeployments answers at a moment. */
function stateOf(script: Script, now: number): ServiceDeployment {
  const { changes, failures = [] } = script
  const past = (moments: readonly number[]) => moments.filter((at) => at <= now).length
  const circuitBreaker = { status: 'MONITORING', failureCount: past(failures), threshold: 10 }
  return aServiceDeployment({
    status: statusAt(script, now),
    runningTaskCount: past(changes),
    circuitBreaker,
  })
}

/** Milliseconds from the creation of a deployment until its first task is started. */
export const pendingFor = 100

function statusAt({ createdAt, failedAt, endsAt, end }: Script, now: number): string {
  if (now >= endsAt) return end
  if (end.startsWith('ROLLBACK') && now >= failedAt) return 'ROLLBACK_IN_PROGRESS'
  return now < createdAt + pendingFor ? 'PENDING' : 'IN_PROGRESS'
}

interface Call {
  service: 'ecs' | 'elasticloadbalancing'
  operation: string
  /** How often the SDK sends it. */
  attempts?: number | undefined
}

/**
 * One call with the SDK's own retries. Source: AWS SDKs and Tools Reference Guide, "Retry behavior": in standard mode a
 * throttled request is sent again after a random part of 0.5 s, 1 s, 2 s, … at most 20 s.
 */
export async function request(
  { clock, random, rates, refuse }: Account,
  { attempts = 6, operation, service }: Call,
  received: (request: Received) => void,
): Promise<void> {
  const action = `${service}:${operation}`
  for (let attempt = 0; ; attempt++) {
    // From 30 to 300 ms on the way, as calls from a hosted runner take.
    await clock.sleep(30 + random() * 270)
    const throttled = !rates.take(service, operation)
    received({ action, at: clock.now(), throttled })
    if (!throttled) break
    if (attempt + 1 === attempts) throw new ActionError('throttled', 'Rate exceeded')
    await clock.sleep(random() * Math.min(20_000, 500 * 2 ** attempt))
  }
  refuse?.(action)
}
