import { randomUUID } from 'node:crypto'
import { optionalText } from '../../wire/input.ts'
import { arn } from '../../wire/place.ts'
import { taskArn } from '../arns.ts'
import type { Container, Task } from '../model.ts'
import { isFargate } from '../views/compute-view.ts'
import { taskId } from './ids.ts'
import { placementOf } from './placement.ts'
import type { DeploymentRun, ServiceRun, TaskRun } from './service-run.ts'
import { liveTask } from './task-life.ts'
import type { World } from './world.ts'

/** Launches one task of a deployment and returns its id, or says in ECS's words why there is no place for it. */
export function launchTask(
  world: World,
  run: ServiceRun,
  of: DeploymentRun,
): { id: string } | { refused: string } {
  const { service } = run
  const id = taskId()
  const refused = place(world, of, id)
  if (refused !== undefined) return { refused }
  const placement = placementOf(of.deployment.revision, service.cluster)
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
    ...(placement && { subnet: placement.subnet }),
    containers: of.containers.map((definition) => container(world, service.cluster.name, id, definition)),
    version: 1,
    createdAt: world.clock.now(),
  }
  const life: TaskRun = {
    task,
    of,
    placement,
    secrets: new Map(),
    running: new Map(),
    waiting: new Set(),
    registered: false,
    unresolved: false,
    verdict: { kind: 'unknown' },
  }
  service.cluster.tasks.set(id, task)
  run.tasks.add(life)
  liveTask({ world, run, life })
  return { id }
}

/** Only Fargate is modelled to run out: other services bring their own instances. */
function place({ account }: World, { deployment }: DeploymentRun, id: string): string | undefined {
  const { revision, taskDefinition } = deployment
  if (!isFargate(revision.raw)) return undefined
  return account.fargate.place(id, Number(optionalText(taskDefinition.raw, 'cpu')))
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
