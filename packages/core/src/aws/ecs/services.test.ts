import { expect, test } from 'vitest'
import { scriptedEcs } from '../scripted-ecs.fixture.ts'
import type { Answer } from '../scripted-endpoint.fixture.ts'
import { describeService, updateService } from './services.ts'

const WEB = { cluster: 'prod', service: 'web' }
const ARN = 'arn:aws:ecs:eu-west-1:111122223333'

const deployment = (id: string, status: string) => ({
  id,
  status,
  taskDefinition: `${ARN}:task-definition/web:7`,
  desiredCount: 2,
  runningCount: 1,
  pendingCount: 1,
  createdAt: 1700000000.5,
})

const awsvpc = { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' }

const service = {
  serviceArn: `${ARN}:service/prod/web`,
  serviceName: 'web',
  clusterArn: `${ARN}:cluster/prod`,
  status: 'ACTIVE',
  taskDefinition: `${ARN}:task-definition/web:7`,
  desiredCount: 2,
  runningCount: 1,
  pendingCount: 1,
  deploymentConfiguration: {
    deploymentCircuitBreaker: { enable: true, rollback: true },
    maximumPercent: 200,
    minimumHealthyPercent: 100,
  },
  loadBalancers: [
    { targetGroupArn: 'tg', containerName: 'web', containerPort: 8080 },
    { loadBalancerName: 'classic', containerName: 'web', containerPort: 8080 },
  ],
  healthCheckGracePeriodSeconds: 30,
  deployments: [
    deployment('ecs-svc/1', 'ACTIVE'),
    { ...deployment('ecs-svc/2', 'PRIMARY'), networkConfiguration: { awsvpcConfiguration: awsvpc } },
  ],
  events: [
    { id: 'a', createdAt: 1700000000, message: 'older' },
    { id: 'b', createdAt: 1700000001, message: 'newer' },
  ],
}

test('a service comes back in our own terms: PRIMARY and the newest event first', async () => {
  await using aws = await scriptedEcs(() => ({ body: { services: [service], failures: [] } }))
  expect(await describeService(aws.ecs, WEB)).toMatchObject({
    name: 'web',
    clusterName: 'prod',
    deploymentController: 'ECS',
    schedulingStrategy: 'REPLICA',
    healthCheckGracePeriod: 30,
    circuitBreaker: { enabled: true, rollback: true },
    loadBalancers: [{ targetGroupArn: 'tg', containerName: 'web', containerPort: 8080 }],
    deployments: [
      {
        id: 'ecs-svc/2',
        failedTasks: 0,
        rolloutState: undefined,
        createdAt: new Date(1700000000500),
        network: { subnets: ['subnet-1'], securityGroups: ['sg-1'], publicAddress: true },
      },
      { id: 'ecs-svc/1', network: undefined },
    ],
    events: [{ message: 'newer' }, { message: 'older' }],
  })
  expect(aws.inputs()).toEqual([['DescribeServices', { cluster: 'prod', services: ['web'] }]])
})

const { runningCount: _, ...incomplete } = service

test.each<[string, Answer, object]>([
  [
    'that is missing',
    { body: { services: [], failures: [{ arn: 'x', reason: 'MISSING' }] } },
    { code: 'not-found', message: 'There is no service web in the cluster prod' },
  ],
  [
    'in no cluster',
    { status: 400, body: { __type: 'ClusterNotFoundException', message: 'Cluster not found.' } },
    { code: 'not-found', message: expect.stringContaining('Cluster not found.') },
  ],
  [
    'that cannot be told',
    { body: { failures: [{ reason: 'ODD', detail: 'why' }] } },
    {
      code: 'rejected',
      message: 'Could not read the service web: ODD why',
      hint: expect.stringContaining('API failure reasons'),
    },
  ],
  [
    'without a member that it must have',
    { body: { services: [incomplete] } },
    { code: 'incomplete-response', message: expect.stringContaining('Service.runningCount') },
  ],
])('a service %s is an error that says so', async (_, answer, error) => {
  await using aws = await scriptedEcs(() => answer)
  await expect(describeService(aws.ecs, WEB)).rejects.toMatchObject(error)
})

test('an update sends only what is given', async () => {
  await using aws = await scriptedEcs(() => ({ body: { service } }))
  const answer = await updateService(aws.ecs, { ...WEB, taskDefinition: 'web:8', desiredCount: undefined })
  expect(answer.deployments[0]?.id).toBe('ecs-svc/2')
  expect(aws.inputs()).toEqual([['UpdateService', { ...WEB, taskDefinition: 'web:8' }]])
})
