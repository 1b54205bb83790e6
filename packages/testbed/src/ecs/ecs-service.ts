import type { Operation, Service } from '../wire/service.ts'
import { deniedResource } from './denied-resource.ts'
import type { Ecs, EcsOperation } from './ecs-context.ts'
import { furtherPermissions } from './further-permissions.ts'
import { createCluster, deleteCluster, describeClusters } from './operations/clusters.ts'
import { createService } from './operations/create-service.ts'
import { listServiceDeployments } from './operations/list-service-deployments.ts'
import { registerTaskDefinition } from './operations/register-task-definition.ts'
import {
  describeServiceDeployments,
  describeServiceRevisions,
  stopServiceDeployment,
} from './operations/service-deployments.ts'
import { deleteService, describeServices, listServices } from './operations/services.ts'
import {
  deregisterTaskDefinition,
  describeTaskDefinition,
  listTaskDefinitions,
} from './operations/task-definitions.ts'
import { describeTasks, listTasks, stopTask } from './operations/tasks.ts'
import { updateService } from './operations/update-service.ts'
import { ecsBuckets } from './rate-buckets.ts'

const operations: Readonly<Record<string, EcsOperation>> = {
  CreateCluster: createCluster,
  DescribeClusters: describeClusters,
  DeleteCluster: deleteCluster,
  RegisterTaskDefinition: registerTaskDefinition,
  DescribeTaskDefinition: describeTaskDefinition,
  DeregisterTaskDefinition: deregisterTaskDefinition,
  ListTaskDefinitions: listTaskDefinitions,
  CreateService: createService,
  UpdateService: updateService,
  DescribeServices: describeServices,
  ListServices: listServices,
  DeleteService: deleteService,
  ListTasks: listTasks,
  DescribeTasks: describeTasks,
  StopTask: stopTask,
  ListServiceDeployments: listServiceDeployments,
  DescribeServiceDeployments: describeServiceDeployments,
  DescribeServiceRevisions: describeServiceRevisions,
  StopServiceDeployment: stopServiceDeployment,
}

/**
 * Amazon ECS as the wire server hosts it. Operations validate, hand what is to happen to the scheduler, and show the
 * state; answers are copies, so nothing that a client or a fault does to one reaches the state.
 */
export function ecsService(ecs: Ecs): Service {
  const bind =
    (run: EcsOperation): Operation =>
    (input, call) =>
      structuredClone(run(ecs, structuredClone(input), call))
  return {
    name: 'ecs',
    protocol: { kind: 'json', contentVersion: '1.1', targetPrefix: 'AmazonEC2ContainerServiceV20141113' },
    operations: Object.fromEntries(Object.entries(operations).map(([name, run]) => [name, bind(run)])),
    buckets: ecsBuckets,
    resource: (operation, input) => deniedResource(ecs.place, operation, input),
    furtherPermissions: (operation, input) => furtherPermissions(ecs, operation, input),
  }
}
