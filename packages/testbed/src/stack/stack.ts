import type { CreateServiceCommandInput, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import type { Clients } from './clients.ts'
import { createLoadBalancer, type LoadBalancerOptions } from './load-balancer.ts'

/** What example-infra creates with Terraform, as far as a release touches it. */
export interface StackOptions {
  /** Prefix of every name. */
  name: string
  /** The first image; later ones are the releases'. */
  image: string
  desiredCount: number
  containerPort: number
  /** The environment variables of the container, as `NAME: value`. */
  environment?: Readonly<Record<string, string>>
  /** Without one the service has no target group and no users. */
  loadBalancer?: LoadBalancerOptions
  circuitBreaker?: { enable: boolean; rollback: boolean }
  minimumHealthyPercent?: number
  maximumPercent?: number
  healthCheckGracePeriodSeconds?: number
  /** Changes what is registered, for tests of members that no type knows. */
  taskDefinition?: (input: RegisterTaskDefinitionCommandInput) => RegisterTaskDefinitionCommandInput
  service?: (input: CreateServiceCommandInput) => CreateServiceCommandInput
}

export interface Stack {
  cluster: string
  service: string
  family: string
  container: string
  logGroup: string
  taskDefinitionArn: string
  targetGroupArn: string | undefined
  /** Where the users of the service come in; undefined without a load balancer. */
  url: string | undefined
}

/** Creates cluster, log group, load balancer, task definition and service by API calls, and returns without waiting. */
export async function createStack(clients: Clients, options: StackOptions): Promise<Stack> {
  const { name } = options
  const logGroup = `/ecs/${name}`
  await clients.ecs.createCluster({ clusterName: name })
  await clients.logs.createLogGroup({ logGroupName: logGroup })
  const balancer =
    options.loadBalancer &&
    (await createLoadBalancer(clients.elbv2, name, options.loadBalancer, options.containerPort))
  const registered = await clients.ecs.registerTaskDefinition(taskDefinition(options, logGroup))
  const taskDefinitionArn = registered.taskDefinition?.taskDefinitionArn ?? ''
  await clients.ecs.createService(service(options, taskDefinitionArn, balancer?.targetGroupArn))
  return {
    cluster: name,
    service: name,
    family: name,
    container: 'app',
    logGroup,
    taskDefinitionArn,
    targetGroupArn: balancer?.targetGroupArn,
    url: balancer?.url,
  }
}

function taskDefinition(options: StackOptions, logGroup: string): RegisterTaskDefinitionCommandInput {
  const input: RegisterTaskDefinitionCommandInput = {
    family: options.name,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
    containerDefinitions: [
      {
        name: 'app',
        image: options.image,
        essential: true,
        portMappings: [{ containerPort: options.containerPort, protocol: 'tcp' }],
        environment: Object.entries(options.environment ?? {}).map(([key, value]) => ({ name: key, value })),
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': logGroup,
            'awslogs-region': 'us-east-1',
            'awslogs-stream-prefix': 'app',
          },
        },
      },
    ],
  }
  return options.taskDefinition?.(input) ?? input
}

function service(
  options: StackOptions,
  taskDefinitionArn: string,
  targetGroupArn: string | undefined,
): CreateServiceCommandInput {
  const input: CreateServiceCommandInput = {
    cluster: options.name,
    serviceName: options.name,
    taskDefinition: taskDefinitionArn,
    desiredCount: options.desiredCount,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    deploymentConfiguration: {
      minimumHealthyPercent: options.minimumHealthyPercent ?? 100,
      maximumPercent: options.maximumPercent ?? 200,
      deploymentCircuitBreaker: options.circuitBreaker ?? { enable: true, rollback: true },
    },
    ...(options.healthCheckGracePeriodSeconds === undefined
      ? {}
      : { healthCheckGracePeriodSeconds: options.healthCheckGracePeriodSeconds }),
    ...(targetGroupArn === undefined
      ? {}
      : { loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: options.containerPort }] }),
  }
  return options.service?.(input) ?? input
}
