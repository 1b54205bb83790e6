import type { Deployment as SdkDeployment, Service as SdkService } from '@aws-sdk/client-ecs'
import { nameInArn } from '../arn.ts'
import type { Deployment, Service } from '../ecs-model.ts'
import { present } from '../present.ts'

/** Our view of a service as DescribeServices and UpdateService answer it. */
export function serviceOf(service: SdkService): Service {
  const clusterArn = present(service.clusterArn, 'Service.clusterArn')
  const configuration = service.deploymentConfiguration
  return {
    arn: present(service.serviceArn, 'Service.serviceArn'),
    name: present(service.serviceName, 'Service.serviceName'),
    clusterArn,
    clusterName: nameInArn(clusterArn),
    status: present(service.status, 'Service.status'),
    // Absent for services of the EXTERNAL controller, whose task sets have it.
    taskDefinitionArn: service.taskDefinition ?? '',
    desiredCount: present(service.desiredCount, 'Service.desiredCount'),
    runningCount: present(service.runningCount, 'Service.runningCount'),
    pendingCount: present(service.pendingCount, 'Service.pendingCount'),
    deploymentController: service.deploymentController?.type ?? 'ECS',
    schedulingStrategy: service.schedulingStrategy ?? 'REPLICA',
    launchType: service.launchType,
    capacityProviders: (service.capacityProviderStrategy ?? []).flatMap(
      ({ capacityProvider }) => capacityProvider ?? [],
    ),
    deploymentStrategy: configuration?.strategy ?? 'ROLLING',
    minimumHealthyPercent: configuration?.minimumHealthyPercent,
    maximumPercent: configuration?.maximumPercent,
    circuitBreaker: {
      enabled: configuration?.deploymentCircuitBreaker?.enable ?? false,
      rollback: configuration?.deploymentCircuitBreaker?.rollback ?? false,
    },
    healthCheckGracePeriod: service.healthCheckGracePeriodSeconds ?? 0,
    loadBalancers: loadBalancersOf(service),
    deployments: (service.deployments ?? []).map(deploymentOf).toSorted(primaryFirst),
    events: eventsOf(service),
  }
}

function deploymentOf(deployment: SdkDeployment): Deployment {
  return {
    id: present(deployment.id, 'Deployment.id'),
    status: present(deployment.status, 'Deployment.status'),
    taskDefinitionArn: present(deployment.taskDefinition, 'Deployment.taskDefinition'),
    desiredCount: present(deployment.desiredCount, 'Deployment.desiredCount'),
    runningCount: present(deployment.runningCount, 'Deployment.runningCount'),
    pendingCount: present(deployment.pendingCount, 'Deployment.pendingCount'),
    failedTasks: deployment.failedTasks ?? 0,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    createdAt: present(deployment.createdAt, 'Deployment.createdAt'),
    network: networkOf(deployment),
  }
}

function networkOf({ networkConfiguration }: SdkDeployment): Deployment['network'] {
  const awsvpc = networkConfiguration?.awsvpcConfiguration
  return (
    awsvpc && {
      subnets: awsvpc.subnets ?? [],
      securityGroups: awsvpc.securityGroups ?? [],
      publicAddress: awsvpc.assignPublicIp === 'ENABLED',
    }
  )
}

function primaryFirst(one: Deployment, other: Deployment): number {
  return Number(other.status === 'PRIMARY') - Number(one.status === 'PRIMARY')
}

// A Classic Load Balancer has a name instead of a target group; nothing here can look behind one.
function loadBalancersOf(service: SdkService): Service['loadBalancers'] {
  return (service.loadBalancers ?? []).flatMap(({ targetGroupArn, containerName, containerPort }) =>
    targetGroupArn === undefined || containerName === undefined || containerPort === undefined
      ? []
      : [{ targetGroupArn, containerName, containerPort }],
  )
}

function eventsOf(service: SdkService): Service['events'] {
  return (service.events ?? [])
    .map((event) => ({
      id: present(event.id, 'ServiceEvent.id'),
      createdAt: present(event.createdAt, 'ServiceEvent.createdAt'),
      message: event.message ?? '',
    }))
    .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
}
