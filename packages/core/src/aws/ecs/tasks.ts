import type { Task as SdkTask } from '@aws-sdk/client-ecs'
import { DescribeTasksCommand, type ECSClient, paginateListTasks } from '@aws-sdk/client-ecs'
import { nameInArn } from '../arn.ts'
import { call } from '../call.ts'
import { inChunks } from '../chunks.ts'
import type { Task, TaskContainer } from '../ecs-model.ts'
import { present } from '../present.ts'
import type { ServiceId } from './services.ts'

export interface TasksQuery extends ServiceId {
  /** `RUNNING` finds all tasks that should run, pending ones included; stopped tasks stay for about an hour. */
  desiredStatus: 'RUNNING' | 'STOPPED'
}

/** ARNs, in no order. */
export function listTasks(
  ecs: ECSClient,
  { cluster, service, desiredStatus }: TasksQuery,
): Promise<string[]> {
  return call('ecs:ListTasks', `list the tasks of the service ${service}`, async () => {
    const arns: string[] = []
    const query = { cluster, serviceName: nameInArn(service), desiredStatus }
    for await (const page of paginateListTasks({ client: ecs }, query)) arns.push(...(page.taskArns ?? []))
    return arns
  })
}

/** Tasks that ECS has forgotten meanwhile are left out. */
export function describeTasks(ecs: ECSClient, cluster: string, arns: readonly string[]): Promise<Task[]> {
  return call('ecs:DescribeTasks', `read the tasks in the cluster ${cluster}`, () =>
    inChunks(arns, 100, async (tasks) => {
      const answer = await ecs.send(new DescribeTasksCommand({ cluster, tasks }))
      return (answer.tasks ?? []).map(taskOf)
    }),
  )
}

function taskOf(task: SdkTask): Task {
  const arn = present(task.taskArn, 'Task.taskArn')
  return {
    arn,
    id: nameInArn(arn),
    startedBy: task.startedBy,
    taskDefinitionArn: present(task.taskDefinitionArn, 'Task.taskDefinitionArn'),
    address: addressOf(task),
    lastStatus: present(task.lastStatus, 'Task.lastStatus'),
    desiredStatus: present(task.desiredStatus, 'Task.desiredStatus'),
    healthStatus: task.healthStatus ?? 'UNKNOWN',
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    stoppingAt: task.stoppingAt,
    stoppedAt: task.stoppedAt,
    containers: (task.containers ?? []).map(containerOf),
  }
}

function containerOf(container: NonNullable<SdkTask['containers']>[number]): TaskContainer {
  return {
    name: present(container.name, 'Container.name'),
    image: container.image ?? '',
    imageDigest: container.imageDigest,
    lastStatus: container.lastStatus ?? 'PENDING',
    healthStatus: container.healthStatus ?? 'UNKNOWN',
    exitCode: container.exitCode,
    reason: container.reason,
  }
}

// The elastic network interface is an attachment of the task; its address is what the target group knows the task by.
function addressOf(task: SdkTask): string | undefined {
  const details = (task.attachments ?? []).flatMap((attachment) => attachment.details ?? [])
  return details.find((detail) => detail.name === 'privateIPv4Address')?.value
}
