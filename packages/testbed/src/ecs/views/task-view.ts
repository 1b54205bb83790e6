import { type JsonObject, present } from '../../wire/json.ts'
import type { Ecs } from '../ecs-context.ts'
import type { Task } from '../model.ts'
import { taskCompute } from './compute-view.ts'
import { containerView } from './container-view.ts'
import { attachmentsView } from './network-interface.ts'
import { secondsIfAny } from './seconds.ts'

/**
 * A task as DescribeTasks and StopTask show it.
 * Source: Amazon ECS API Reference, "Task"; ecs-model.md 1.1 says when which time is set.
 */
export function taskView(ecs: Ecs, task: Task): JsonObject {
  const definition = task.taskDefinition.raw
  return present({
    attachments: attachmentsView(task),
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    availabilityZone: `${ecs.place.region}a`,
    clusterArn: task.service.cluster.arn,
    connectivity: task.connectivityAt === undefined ? undefined : 'CONNECTED',
    containers: task.containers.map((container) => containerView(task, container)),
    cpu: definition.cpu ?? '0',
    memory: definition.memory ?? '0',
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.service.raw.enableExecuteCommand ?? false,
    ephemeralStorage: definition.ephemeralStorage ?? { sizeInGiB: 20 },
    group: task.group,
    healthStatus: task.healthStatus,
    inferenceAccelerators: [],
    lastStatus: task.lastStatus,
    ...taskCompute(task.service.raw),
    overrides: {
      containerOverrides: task.containers.map(({ name }) => ({ name })),
      inferenceAcceleratorOverrides: [],
    },
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    tags: [],
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinition.arn,
    version: task.version,
    ...times(task),
  })
}

function times(task: Task): Record<string, number | undefined> {
  return {
    createdAt: secondsIfAny(task.createdAt),
    connectivityAt: secondsIfAny(task.connectivityAt),
    pullStartedAt: secondsIfAny(task.pullStartedAt),
    pullStoppedAt: secondsIfAny(task.pullStoppedAt),
    startedAt: secondsIfAny(task.startedAt),
    stoppingAt: secondsIfAny(task.stoppingAt),
    executionStoppedAt: secondsIfAny(task.executionStoppedAt),
    stoppedAt: secondsIfAny(task.stoppedAt),
  }
}
