import { expect, test } from 'vitest'
import { at, benchWithService, targetGroupArn } from '../testing/bench.ts'
import { addTask } from '../testing/tasks.ts'

const webArn = 'arn:aws:ecs:us-east-1:111122223333:service/shop/web'

test('DescribeServices shows the documented shape', async () => {
  const made = await benchWithService({
    futureMember: 'kept',
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    healthCheckGracePeriodSeconds: 30,
    tags: [{ key: 'team', value: 'shop' }],
  })
  const service = made.serviceNamed('web')
  service.events.push({ id: 'e1', createdAt: made.clock.now() + 500, message: '(service web) has begun.' })
  addTask(service, 'a', made.clock.now())
  addTask(service, 'b', made.clock.now(), { lastStatus: 'PROVISIONING' })
  addTask(service, 'c', made.clock.now(), { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })
  const { services, failures } = await made.call('DescribeServices', { cluster: 'shop', services: ['web'] })
  expect(failures).toEqual([])
  const now = made.clock.now() / 1000
  const networkConfiguration = {
    awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
  }
  const revision = service.revisions[0]
  const taskDefinition = 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1'
  expect(services).toEqual([
    {
      serviceArn: webArn,
      serviceName: 'web',
      clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/shop',
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 1,
      pendingCount: 1,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      platformFamily: 'Linux',
      taskDefinition,
      loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 8080 }],
      serviceRegistries: [],
      placementConstraints: [],
      placementStrategy: [],
      networkConfiguration,
      healthCheckGracePeriodSeconds: 30,
      schedulingStrategy: 'REPLICA',
      enableECSManagedTags: false,
      propagateTags: 'NONE',
      enableExecuteCommand: false,
      availabilityZoneRebalancing: 'DISABLED',
      createdAt: now,
      createdBy: 'arn:aws:sts::111122223333:assumed-role/deployer/github',
      roleArn: 'arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      futureMember: 'kept',
      deploymentConfiguration: {
        strategy: 'ROLLING',
        bakeTimeInMinutes: 0,
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: {
          enable: true,
          rollback: true,
          resetOnHealthyTask: true,
          thresholdConfiguration: { type: 'BOUNDED_PERCENT', value: 50 },
        },
      },
      events: [{ id: 'e1', createdAt: now + 0.5, message: '(service web) has begun.' }],
      currentServiceDeployment: service.serviceDeployments[0]?.arn,
      currentServiceRevisions: [
        { arn: revision?.arn, requestedTaskCount: 2, runningTaskCount: 1, pendingTaskCount: 1 },
      ],
      deployments: [
        {
          id: `ecs-svc/${revision?.number}`,
          status: 'PRIMARY',
          taskDefinition,
          desiredCount: 2,
          runningCount: 1,
          pendingCount: 1,
          failedTasks: 0,
          createdAt: now,
          updatedAt: now,
          launchType: 'FARGATE',
          platformVersion: '1.4.0',
          platformFamily: 'Linux',
          networkConfiguration,
          volumeConfigurations: [],
          vpcLatticeConfigurations: [],
          rolloutState: 'IN_PROGRESS',
          rolloutStateReason: `ECS deployment ecs-svc/${revision?.number} in progress.`,
        },
      ],
    },
  ])
  const tagged = await made.call('DescribeServices', {
    cluster: 'shop',
    services: ['web'],
    include: ['TAGS'],
  })
  expect(at(tagged, 'services', 0, 'tags')).toEqual([{ key: 'team', value: 'shop' }])
})

test('a count that has changed is seen late, of the service and of its deployment alike', async () => {
  const made = await benchWithService()
  const service = made.serviceNamed('web')
  const [deployment] = service.deployments
  await made.clock.advance(60)
  Object.assign(service, {
    desiredCount: 3,
    earlierCount: { desiredCount: 2, createdAt: made.clock.now() },
  })
  Object.assign(deployment ?? {}, { desiredCount: 3 })
  const counts = async () => {
    const { services } = await made.call('DescribeServices', { cluster: 'shop', services: ['web'] })
    return [at(services, 0, 'desiredCount'), at(services, 0, 'deployments', 0, 'desiredCount')]
  }
  expect(await counts()).toEqual([2, 2])
  await made.clock.advance(3.5)
  expect(await counts()).toEqual([2, 2])
  await made.clock.advance(0.5)
  expect(await counts()).toEqual([3, 3])
})

test('a breaker that was never set is off, a capacity provider stands in for the launch type', async () => {
  const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
  const made = await benchWithService({ launchType: null, capacityProviderStrategy: strategy })
  const answer = await made.call('DescribeServices', { cluster: 'shop', services: ['web'] })
  const breaker = at(answer, 'services', 0, 'deploymentConfiguration', 'deploymentCircuitBreaker')
  expect(breaker).toEqual({ enable: false, rollback: false })
  expect(at(answer, 'services', 0)).toMatchObject({
    capacityProviderStrategy: strategy,
    platformVersion: 'LATEST',
  })
  expect(at(answer, 'services', 0)).not.toHaveProperty('launchType')
})
