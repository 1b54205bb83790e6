import { objectList } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import type { Container, Task } from '../model.ts'
import { attachmentId, hasInterface } from './network-interface.ts'

/**
 * A container of DescribeTasks. `exitCode` is absent while it runs and when it never did; `imageDigest` until the
 * image is pulled; `image` keeps the reference of the task definition (ecs-model.md section 7).
 */
export function containerView(task: Task, container: Container): JsonObject {
  const definitions = objectList(task.taskDefinition.raw, 'containerDefinitions')
  const definition = definitions.find(({ name }) => name === container.name) ?? {}
  return present({
    containerArn: container.arn,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    imageDigest: container.imageDigest,
    runtimeId: container.runtimeId,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    // The longest reason that AWS keeps.
    reason: container.reason?.slice(0, 1024),
    networkBindings: [],
    networkInterfaces: networkInterfaces(task),
    healthStatus: container.healthStatus,
    cpu: String(definition.cpu ?? 0),
    memory: textOf(definition.memory),
    memoryReservation: textOf(definition.memoryReservation),
  })
}

function networkInterfaces(task: Task): JsonObject[] {
  if (!hasInterface(task) || task.address === undefined) return []
  return [{ attachmentId: attachmentId(task), privateIpv4Address: task.address }]
}

function textOf(value: JsonObject[string] | undefined): string | undefined {
  return typeof value === 'number' ? String(value) : undefined
}
