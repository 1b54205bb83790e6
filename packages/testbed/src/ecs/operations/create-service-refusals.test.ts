import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import {
  bench,
  idleGroupArn,
  instanceGroupArn,
  targetGroupArn,
  webDefinition,
  webService,
} from '../testing/bench.ts'

const balancer = { targetGroupArn, containerName: 'web', containerPort: 8080 }
const blocked = { minimumHealthyPercent: 100, maximumPercent: 100 }
const threshold = (configured: JsonObject): JsonObject => ({
  deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration: configured },
})
const subnets = (awsvpcConfiguration: JsonObject): JsonObject => ({
  networkConfiguration: { awsvpcConfiguration },
})

test.each<[name: string, change: JsonObject, code: string, message: string | RegExp]>([
  ['an unknown cluster', { cluster: 'nope' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ['no name', { serviceName: null }, 'InvalidParameterException', /'serviceName' .* must not be null/],
  ['a name with a slash', { serviceName: 'a/b' }, 'InvalidParameterException', 'Invalid service name.'],
  [
    'no task definition',
    { taskDefinition: null },
    'InvalidParameterException',
    'Task Definition can not be blank.',
  ],
  [
    'an unknown task definition',
    { taskDefinition: 'nope:1' },
    'ClientException',
    'TaskDefinition not found.',
  ],
  [
    'no desired count',
    { desiredCount: null },
    'InvalidParameterException',
    /'desiredCount' .* must not be null/,
  ],
  [
    'a negative desired count',
    { desiredCount: -1 },
    'InvalidParameterException',
    'desiredCount must not be negative.',
  ],
  ['half a task', { desiredCount: 0.5 }, 'SerializationException', /Integer$/],
  ['an unknown launch type', { launchType: 'fargate' }, 'InvalidParameterException', 'Invalid launch type.'],
  [
    'a launch type and a strategy',
    { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
    'InvalidParameterException',
    'Specify either Launch Type or Capacity Provider Strategy, but not both.',
  ],
  [
    'no network',
    { networkConfiguration: null },
    'InvalidParameterException',
    `Network Configuration must be provided when networkMode 'awsvpc' is specified.`,
  ],
  ['no subnets', subnets({ subnets: [] }), 'InvalidParameterException', 'subnets can not be empty.'],
  [
    'a public IP that is true',
    subnets({ subnets: ['s'], assignPublicIp: 'true' }),
    'InvalidParameterException',
    'Invalid assignPublicIp value.',
  ],
  [
    'an unknown target group',
    { loadBalancers: [{ ...balancer, targetGroupArn: 'arn:x' }] },
    'InvalidParameterException',
    'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
  ],
  [
    'a target group that no listener forwards to',
    { loadBalancers: [{ ...balancer, targetGroupArn: idleGroupArn }] },
    'InvalidParameterException',
    `The target group with targetGroupArn ${idleGroupArn} does not have an associated load balancer.`,
  ],
  [
    'a target group for instances',
    { loadBalancers: [{ ...balancer, targetGroupArn: instanceGroupArn }] },
    'InvalidParameterException',
    `The provided target group ${instanceGroupArn} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.`,
  ],
  [
    'another container',
    { loadBalancers: [{ ...balancer, containerName: 'api' }] },
    'InvalidParameterException',
    'The container api does not exist in the task definition.',
  ],
  [
    'another port',
    { loadBalancers: [{ ...balancer, containerPort: 80 }] },
    'InvalidParameterException',
    'The container web did not have a container port 80 defined.',
  ],
  [
    'percentages that block each other',
    { deploymentConfiguration: blocked },
    'InvalidParameterException',
    'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
  ],
  [
    'a maximum below 100',
    { deploymentConfiguration: { maximumPercent: 99 } },
    'InvalidParameterException',
    'maximumPercent must be between 100 and 200.',
  ],
  [
    'a breaker without rollback',
    { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true } } },
    'InvalidParameterException',
    /deploymentCircuitBreaker.rollback' .* must not be null/,
  ],
  [
    'an unknown kind of threshold',
    { deploymentConfiguration: threshold({ type: 'PERCENT', value: 5 }) },
    'InvalidParameterException',
    'Invalid deployment circuit breaker threshold type.',
  ],
  [
    'a threshold of 101 %',
    { deploymentConfiguration: threshold({ type: 'BOUNDED_PERCENT', value: 101 }) },
    'InvalidParameterException',
    'Invalid deployment circuit breaker threshold value.',
  ],
  [
    'blue/green',
    { deploymentConfiguration: { strategy: 'BLUE_GREEN' } },
    'UnsupportedFeatureException',
    /BLUE_GREEN/,
  ],
  [
    'alarms without their names',
    { deploymentConfiguration: { alarms: { enable: true, rollback: true, alarmNames: [] } } },
    'InvalidParameterException',
    /Alarm names/,
  ],
  ['a daemon', { schedulingStrategy: 'DAEMON' }, 'UnsupportedFeatureException', /DAEMON/],
  [
    'CodeDeploy',
    { deploymentController: { type: 'CODE_DEPLOY' } },
    'UnsupportedFeatureException',
    /CODE_DEPLOY/,
  ],
  ['tags that are there but empty', { tags: [] }, 'InvalidParameterException', 'Tags can not be empty.'],
])('CreateService refuses %s, and makes nothing', async (_name, change, code, message) => {
  const { call, clusterNamed, scheduler } = bench()
  await call('CreateCluster', { clusterName: 'shop' })
  await call('RegisterTaskDefinition', webDefinition)
  await expect(call('CreateService', { ...webService, ...change })).rejects.toMatchObject({
    code,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
  expect(clusterNamed('shop').services.size).toBe(0)
  expect(scheduler.calls).toEqual([])
})
