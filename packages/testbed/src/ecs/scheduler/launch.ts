import { randomUUID } from 'node:crypto'
import { arn } from '../../wire/place.ts'
import { taskArn } from '../arns.ts'
import type { Container, Task } from '../model.ts'
import { taskId } from './ids.ts'
import type { DeploymentRun, ServiceRun, TaskRun } from './service-run.ts'
import { liveTask } from './task-life.ts'
import type { World } from './world.ts'

/** Launches one task of a deployment and returns its id. */
export function launchTask(world: World, run: ServiceRun, of: DeploymentRun): string {
  const { service } = run
  const id = taskId()
  const task: Task = {
    arn: taskArn(world.place, service.cluster.name, id),
    id,
    startedBy: of.deployment.id,
    group: `service:${service.name}`,
    service,
    taskDefinition: of.deployment.taskDefinition,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    countedHealthy: false,
    address: world.addresses.take(),
    containers: of.containers.map((definition) => container(world, service.cluster.name, id, definition)),
    version: 1,
    createdAt: world.clock.now(),
  }
  const life: TaskRun = {
    task,
    of,
    running: new Map(),
    waiting: new Set(),
    registered: false,
    unresolved: false,
    verdict: { kind: 'unknown' },
  }
  service.cluster.tasks.set(id, task)
  run.tasks.add(life)
  liveTask({ world, run, life })
  return id
}

function container(
  world: World,
  cluster: string,
  task: string,
  { name, image, essential }: DeploymentRun['containers'][number],
): Container {
  return {
    arn: arn(world.place, 'ecs', `container/${cluster}/${task}/${randomUUID()}`),
    name,
    image,
    essential,
    lastStatus: 'PENDING',
    healthStatus: 'UNKNOWN',
  }
}
