import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  paginateListTasks,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'
import { credentials } from '../wire/credentials.ts'
import { faults } from '../wire/faults.ts'
import { defaultPlace } from '../wire/place.ts'
import { startWireServer } from '../wire/server.ts'
import { type Bench, benchWithService, targetGroupArn } from './testing/bench.ts'
import { addTask } from './testing/tasks.ts'

interface Remote extends AsyncDisposable {
  made: Bench
  client: ECSClient
  deny(action: string): void
}

/** The service of the bench behind the real server, with one real client. */
async function remote(): Promise<Remote> {
  const made = await benchWithService()
  const keys = credentials()
  const server = await startWireServer({
    services: [made.service],
    place: defaultPlace,
    credentials: keys,
    faults: faults(),
    throttling: true,
    now: () => made.clock.now(),
  })
  const { accessKeyId, secretAccessKey, sessionToken } = keys.session
  const client = new ECSClient({
    endpoint: server.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  })
  return {
    made,
    client,
    deny: (action) => keys.deny(action),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const web = { cluster: 'shop', service: 'web' }

test('the real SDK reads a release: definition, update, deployment, tasks', async () => {
  await using aws = await remote()
  const { client, made } = aws
  const registered = await client.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'web', image: 'nginx:2', portMappings: [{ containerPort: 8080 }] }],
      tags: [{ key: 'team', value: 'shop' }],
    }),
  )
  expect(registered.taskDefinition).toMatchObject({ revision: 3, registeredAt: new Date(made.clock.now()) })
  const taskDefinition = registered.taskDefinition?.taskDefinitionArn
  const { service } = await client.send(new UpdateServiceCommand({ ...web, taskDefinition }))
  expect(service?.deployments?.[0]).toMatchObject({
    status: 'PRIMARY',
    taskDefinition,
    rolloutState: 'IN_PROGRESS',
  })
  await made.clock.advance(60)
  const { serviceDeployments } = await client.send(new ListServiceDeploymentsCommand(web))
  expect(serviceDeployments?.[0]).toMatchObject({ status: 'PENDING', createdAt: expect.any(Date) })
  addTask(made.serviceNamed('web'), 'w1', made.clock.now(), { startedAt: made.clock.now() })
  const arns: string[] = []
  for await (const page of paginateListTasks({ client }, { cluster: 'shop', serviceName: 'web' })) {
    arns.push(...(page.taskArns ?? []))
  }
  const { tasks } = await client.send(new DescribeTasksCommand({ cluster: 'shop', tasks: arns }))
  expect(tasks).toMatchObject([
    {
      taskDefinitionArn: taskDefinition,
      startedAt: new Date(made.clock.now()),
      containers: [{ name: 'web' }],
    },
  ])
  const read = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }))
  expect(read.tags).toEqual([{ key: 'team', value: 'shop' }])
})

test('a service made through the SDK', async () => {
  await using aws = await remote()
  const { service } = await aws.client.send(
    new CreateServiceCommand({
      cluster: 'shop',
      serviceName: 'api',
      taskDefinition: 'web',
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 8080 }],
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    }),
  )
  expect(service).toMatchObject({
    serviceName: 'api',
    createdAt: new Date(aws.made.clock.now()),
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  })
})

test('errors arrive as the SDK’s own classes', async () => {
  await using aws = await remote()
  const { client, made } = aws
  const missing = client.send(new UpdateServiceCommand({ cluster: 'shop', service: 'nope' }))
  await expect(missing).rejects.toMatchObject({
    name: 'ServiceNotFoundException',
    message: 'Service not found.',
    $metadata: { httpStatusCode: 400 },
  })
  const [deployment] = made.serviceNamed('web').serviceDeployments
  if (!deployment) throw new Error('no service deployment')
  deployment.status = 'SUCCESSFUL'
  const { arn: serviceDeploymentArn } = deployment
  const over = client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn }))
  await expect(over).rejects.toMatchObject({ name: 'ConflictException', resourceIds: [serviceDeploymentArn] })
})

test('a denied call names its resource, a hurried one is throttled', async () => {
  await using aws = await remote()
  aws.deny('ecs:UpdateService')
  await expect(aws.client.send(new UpdateServiceCommand(web))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('arn:aws:ecs:us-east-1:111122223333:service/shop/web'),
  })
  const describe = () => aws.client.send(new DescribeServicesCommand({ cluster: 'shop', services: ['web'] }))
  const calls = await Promise.allSettled(Array.from({ length: 101 }, describe))
  const refused = calls.filter(({ status }) => status === 'rejected')
  expect(refused).toMatchObject([{ reason: { name: 'ThrottlingException', message: 'Rate exceeded' } }])
})
