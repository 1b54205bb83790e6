import { ActionError } from '../action/action-error.ts'
import type { AwsClients } from '../aws/client.ts'
import {
  describeServiceDeployment,
  listServiceDeployments,
  stopServiceDeployment,
} from '../aws/ecs/service-deployments.ts'
import { describeServiceRevisions } from '../aws/ecs/service-revisions.ts'
import { describeService, type ServiceId, updateService } from '../aws/ecs/services.ts'
import { describeTaskDefinition, registerTaskDefinition } from '../aws/ecs/task-definitions.ts'
import { describeTasks, listTasks } from '../aws/ecs/tasks.ts'
import { describeTargetGroupAttributes, describeTargetHealth } from '../aws/elbv2.ts'
import { awsErrorName } from '../aws/errors.ts'
import { tail } from '../aws/logs.ts'
import { callerIdentity } from '../aws/sts.ts'
import type { ReleaseCalls } from './calls.ts'
import { unfinishedStatuses } from './deployment/status.ts'

/** The real calls for one service. `record` hears the name of each, as IAM spells it, for the evidence. */
export function connect(clients: AwsClients, id: ServiceId, record: (action: string) => void): ReleaseCalls {
  const noted: Noted = (action, result) => {
    record(action)
    return result
  }
  return { ...ecsCalls(clients, id, noted), ...otherCalls(clients, noted) }
}

type Noted = <T>(action: string, result: Promise<T>) => Promise<T>
type OtherCalls = Pick<ReleaseCalls, 'targets' | 'targetGroupAttributes' | 'logTail' | 'caller'>

function ecsCalls(clients: AwsClients, id: ServiceId, noted: Noted): Omit<ReleaseCalls, keyof OtherCalls> {
  return {
    service: (within) => noted('ecs:DescribeServices', describeService(clients.ecs, id, within)),
    update: (change) => noted('ecs:UpdateService', updateService(clients.ecsOnce, { ...id, ...change })),
    unfinishedDeployments: () =>
      noted(
        'ecs:ListServiceDeployments',
        listServiceDeployments(clients.ecs, { ...id, status: unfinishedStatuses }),
      ),
    deploymentsSince: (createdAfter, status) =>
      noted(
        'ecs:ListServiceDeployments',
        listServiceDeployments(clients.ecs, { ...id, createdAfter, status: status && [status] }),
      ),
    deployment: (arn) => noted('ecs:DescribeServiceDeployments', describeServiceDeployment(clients.ecs, arn)),
    stop: (arn) => noted('ecs:StopServiceDeployment', stopServiceDeployment(clients.ecs, arn)),
    stopOnce: (arn) => noted('ecs:StopServiceDeployment', stopServiceDeployment(clients.ecsOnce, arn)),
    revisions: (arns) => noted('ecs:DescribeServiceRevisions', describeServiceRevisions(clients.ecs, arns)),
    async tasks(desiredStatus) {
      const arns = await noted('ecs:ListTasks', listTasks(clients.ecs, { ...id, desiredStatus }))
      return arns.length === 0 ? [] : noted('ecs:DescribeTasks', describeTasks(clients.ecs, id.cluster, arns))
    },
    taskDefinition: (name) =>
      orUndefined(
        noted('ecs:DescribeTaskDefinition', describeTaskDefinition(clients.ecs, name)),
        (error) => awsErrorName(error) === 'ClientException',
      ),
    register: (body) => noted('ecs:RegisterTaskDefinition', registerTaskDefinition(clients.ecsOnce, body)),
  }
}

function otherCalls(clients: AwsClients, noted: Noted): OtherCalls {
  return {
    targets: (arn, within) =>
      noted('elasticloadbalancing:DescribeTargetHealth', describeTargetHealth(clients.elbv2, arn, within)),
    targetGroupAttributes: (arn) =>
      noted(
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        describeTargetGroupAttributes(clients.elbv2, arn),
      ),
    logTail: (group, stream, lines) =>
      orUndefined(
        noted('logs:GetLogEvents', tail(clients.logs, { group, stream, lines })),
        (error) => error instanceof ActionError && error.code === 'not-found',
      ),
    caller: async () => (await noted('sts:GetCallerIdentity', callerIdentity(clients.sts))).arn,
  }
}

async function orUndefined<T>(
  result: Promise<T>,
  isAbsence: (error: unknown) => boolean,
): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (isAbsence(error)) return undefined
    throw error
  }
}
