import { ActionError } from '../../action/action-error.ts'
import { nameInArn } from '../../aws/arn.ts'
import type { Deployment, Service, ServiceDeploymentBrief } from '../../aws/ecs-model.ts'
import type { Clock } from '../../time/clock.ts'
import type { ReleaseCalls } from '../calls.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { deploymentInProgressText as text } from '../diagnose/texts/preflight.ts'
import type { Finding } from '../finding.ts'
import { correlate } from './correlate.ts'
import { belongsTo, numberOf, primaryOf } from './identity.ts'
import { isTerminal } from './status.ts'

/** A deployment of a service that has not ended. */
export interface InProgress {
  /** `ecs-svc/N` */
  id: string
  /** Of the service deployment; undefined where only DescribeServices tells of it. */
  arn: string | undefined
  /** `web:7`; undefined when the service no longer shows it. */
  taskDefinition: string | undefined
  status: string
  since: Date
}

export interface InProgressOptions {
  calls: Pick<ReleaseCalls, 'deploymentsSince' | 'unfinishedDeployments'>
  clock: Clock
  /** Told of what kept the service deployments from being read. */
  trouble: (error: unknown) => void
  signal?: AbortSignal | undefined
}

/** A deployment was seen to be missing from ListServiceDeployments for up to six seconds (ecs-model 9). Milliseconds. */
const listed = 10_000

/**
 * The newest deployment of the service that has not ended. A PRIMARY that is IN_PROGRESS can be one that was just started and is not
 * listed yet, or one that was successful and has not completed: only the first counts. Where service deployments cannot be read,
 * the PRIMARY's `rolloutState` decides.
 */
export async function deploymentInProgress(
  service: Service,
  { calls, clock, signal, trouble }: InProgressOptions,
): Promise<InProgress | undefined> {
  const primary = primaryOf(service)
  const rolling = primary?.rolloutState === 'IN_PROGRESS' ? primary : undefined
  try {
    const [newest] = await calls.unfinishedDeployments()
    if (newest !== undefined) return fromBrief(service, newest)
    if (rolling === undefined) return undefined
    const brief = await correlate(rolling, { calls, clock, deadline: clock.now() + listed, trouble, signal })
    if (brief === undefined) return fromDeployment(rolling)
    return isTerminal(brief.status) ? undefined : fromBrief(service, brief)
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'credentials' || error.code === 'cancelled')
      throw error
    trouble(error)
    return rolling && fromDeployment(rolling)
  }
}

/** `ecs-svc/7 (web:7), ROLLBACK_IN_PROGRESS, since 2026-10-01 12:00:00 UTC` */
export function who({ id, since, status, taskDefinition }: InProgress): string {
  const at = since
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
  return `${id}${taskDefinition === undefined ? '' : ` (${taskDefinition})`}, ${status}, since ${at}`
}

/** Why nothing was deployed; `waited` is for how long, such as `30m`, undefined when it was not to be waited for. */
export function deploymentInProgressFinding(other: InProgress, waited: string | undefined): Finding {
  const { cases } = text
  const deployment = who(other)
  return waited === undefined
    ? finding(text, cases.refused, { deployment }, [])
    : finding(text, cases.waited, { deployment, time: waited }, [])
}

function fromBrief(service: Service, brief: ServiceDeploymentBrief): InProgress {
  const { arn, createdAt, status, targetServiceRevisionArn } = brief
  const own = service.deployments.find(({ id }) => belongsTo(targetServiceRevisionArn, id))
  const taskDefinition = own && nameInArn(own.taskDefinitionArn)
  return {
    id: `ecs-svc/${numberOf(targetServiceRevisionArn)}`,
    arn,
    taskDefinition,
    status,
    since: createdAt,
  }
}

function fromDeployment({ createdAt, id, taskDefinitionArn }: Deployment): InProgress {
  return {
    id,
    arn: undefined,
    taskDefinition: nameInArn(taskDefinitionArn),
    status: 'IN_PROGRESS',
    since: createdAt,
  }
}
