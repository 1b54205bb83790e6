import { createHash } from 'node:crypto'
import { type JsonObject, present } from '../../wire/json.ts'
import type { Task, TaskStatus } from '../model.ts'

/** Made from the task's id, so that every look at a task shows the same interface without keeping it anywhere. */
function hex(task: Task, what: string, length: number): string {
  return createHash('sha256').update(`${what} of ${task.id}`).digest('hex').slice(0, length)
}

/** Id of the attachment that holds a task's network interface; its containers refer to it. */
export function attachmentId(task: Task): string {
  return hex(task, 'attachment', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Whether the task has a network interface of its own. */
export function hasInterface(task: Task): boolean {
  return task.taskDefinition.raw.networkMode === 'awsvpc'
}

const attachmentStatus: Readonly<Record<TaskStatus, string>> = {
  PROVISIONING: 'PRECREATED',
  PENDING: 'ATTACHING',
  ACTIVATING: 'ATTACHED',
  RUNNING: 'ATTACHED',
  DEACTIVATING: 'ATTACHED',
  STOPPING: 'ATTACHED',
  DEPROVISIONING: 'DETACHING',
  STOPPED: 'DELETED',
}

/** The `attachments` of a task: its ENI with the details that AWS names, whose private address is the task's own. */
export function attachmentsView(task: Task): JsonObject[] {
  if (!hasInterface(task)) return []
  const details = present({
    subnetId: task.subnet,
    networkInterfaceId: task.address && `eni-${hex(task, 'interface', 17)}`,
    macAddress: task.address && `0e:${hex(task, 'hardware address', 10).match(/../g)?.join(':')}`,
    privateDnsName: task.address && `ip-${task.address.replaceAll('.', '-')}.ec2.internal`,
    privateIPv4Address: task.address,
  })
  return [
    {
      id: attachmentId(task),
      type: 'ElasticNetworkInterface',
      status: attachmentStatus[task.lastStatus],
      details: Object.entries(details).map(([name, value]) => ({ name, value })),
    },
  ]
}
