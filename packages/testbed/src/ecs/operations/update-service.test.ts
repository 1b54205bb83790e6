import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import {
  at,
  type Bench,
  benchWithService,
  instanceGroupArn,
  targetGroupArn,
  webDefinition,
} from '../testing/bench.ts'

async function changeOf(input: JsonObject): Promise<unknown> {
  const made = await benchWithService()
  await made.call('UpdateService', { cluster: 'shop', service: 'web', ...input })
  const last = made.scheduler.calls.at(-1)
  return last?.kind === 'updateService' ? last.change : undefined
}

const balancer = { targetGroupArn, containerName: 'web', containerPort: 8080 }

test.each<[name: string, input: JsonObject, change: object]>([
  ['nothing', {}, { raw: {} }],
  [
    'only nulls',
    { taskDefinition: null, desiredCount: null, loadBalancers: null, platformVersion: null },
    { raw: {} },
  ],
  ['a count of 0', { desiredCount: 0 }, { desiredCount: 0, raw: {} }],
  ['force', { forceNewDeployment: true }, { forceNewDeployment: true, raw: {} }],
  [
    'empty lists',
    { loadBalancers: [], serviceRegistries: [] },
    { loadBalancers: [], raw: { serviceRegistries: [] } },
  ],
  [
    'a load balancer',
    { loadBalancers: [{ ...balancer, futureMember: 1 }] },
    { loadBalancers: [{ ...balancer, futureMember: 1 }], raw: {} },
  ],
  ['an unknown member', { futureMember: { a: 1 } }, { raw: { futureMember: { a: 1 } } }],
  ['what UpdateService does not have', { launchType: 'EC2', tags: [{ key: 'a' }] }, { raw: {} }],
  [
    'percentages',
    { deploymentConfiguration: { minimumHealthyPercent: 50 } },
    { minimumHealthyPercent: 50, raw: { deploymentConfiguration: {} } },
  ],
  ['a grace period', { healthCheckGracePeriodSeconds: 60 }, { healthCheckGracePeriodSeconds: 60, raw: {} }],
  [
    'a network, with AWS’s defaults',
    { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-2'] } } },
    {
      raw: {
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-2'], securityGroups: [], assignPublicIp: 'DISABLED' },
        },
      },
    },
  ],
])('UpdateService with %s', async (_name, input, change) => {
  expect(await changeOf(input)).toEqual(change)
})

test.each([
  ['a family: its latest revision', 'web', 2],
  ['a revision', 'web:1', 1],
  ['an ARN', 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:2', 2],
])('UpdateService takes %s', async (_name, taskDefinition, revision) => {
  expect(await changeOf({ taskDefinition })).toMatchObject({ taskDefinition: { family: 'web', revision } })
})

test('the answer shows the new deployment at once, DescribeServices only later', async () => {
  const made = await benchWithService()
  await made.clock.advance(60)
  const before = made.serviceNamed('web').deployments[0]?.id
  const answer = await made.call('UpdateService', { cluster: 'shop', service: 'web', taskDefinition: 'web' })
  const started = at(answer, 'service', 'deployments', 0, 'id')
  expect(started).not.toBe(before)
  expect(at(answer, 'service', 'taskDefinition')).toContain('web:2')
  const described = () => made.call('DescribeServices', { cluster: 'shop', services: ['web'] })
  expect(at(await described(), 'services', 0, 'deployments')).toMatchObject([
    { id: before, status: 'PRIMARY' },
  ])
  expect(at(await described(), 'services', 0, 'taskDefinition')).toContain('web:1')
  await made.clock.advance(4)
  expect(at(await described(), 'services', 0, 'deployments')).toMatchObject([
    { id: started, status: 'PRIMARY' },
    { id: before, status: 'ACTIVE' },
  ])
})

test('currentServiceDeployment is stale for longer than deployments[]', async () => {
  const made = await benchWithService()
  await made.clock.advance(60)
  const [first] = made.serviceNamed('web').serviceDeployments
  const answer = await made.call('UpdateService', {
    cluster: 'shop',
    service: 'web',
    forceNewDeployment: true,
  })
  const current = at(answer, 'service', 'currentServiceDeployment')
  expect(current).not.toBe(first?.arn)
  const described = async () => {
    const read = await made.call('DescribeServices', { cluster: 'shop', services: ['web'] })
    return at(read, 'services', 0, 'currentServiceDeployment')
  }
  await made.clock.advance(5)
  expect(await described()).toBe(first?.arn)
  await made.clock.advance(1)
  expect(await described()).toBe(current)
})

async function refusal(made: Bench, input: JsonObject): Promise<unknown> {
  const before = made.scheduler.calls.length
  const result = made.call('UpdateService', { cluster: 'shop', service: 'web', ...input })
  const error = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(made.scheduler.calls.length).toBe(before)
  return error
}

test.each<[name: string, input: JsonObject, code: string, message: string | RegExp]>([
  ['an unknown cluster', { cluster: 'nope' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ['an unknown service', { service: 'nope' }, 'ServiceNotFoundException', 'Service not found.'],
  ['no service', { service: null }, 'InvalidParameterException', /'service' .* must not be null/],
  [
    'a service ARN of another cluster',
    { service: 'arn:aws:ecs:us-east-1:111122223333:service/other/web' },
    'InvalidParameterException',
    'Identifier is for cluster other. Your cluster is shop',
  ],
  [
    'an ARN of another region',
    { service: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web' },
    'ServiceNotFoundException',
    'Service not found.',
  ],
  ['an unknown task definition', { taskDefinition: 'web:9' }, 'ClientException', 'TaskDefinition not found.'],
  [
    'an inactive task definition',
    { taskDefinition: 'web:2' },
    'ClientException',
    'TaskDefinition is inactive',
  ],
  [
    'an empty task definition',
    { taskDefinition: '' },
    'InvalidParameterException',
    'Task Definition can not be blank.',
  ],
  [
    'a definition without the container',
    { taskDefinition: 'api' },
    'InvalidParameterException',
    'The container web does not exist in the task definition.',
  ],
  [
    'a target group for instances',
    { loadBalancers: [{ ...balancer, targetGroupArn: instanceGroupArn }] },
    'InvalidParameterException',
    /has target type instance, which is incompatible with the awsvpc network mode/,
  ],
  [
    'percentages that block each other',
    { deploymentConfiguration: { maximumPercent: 100 } },
    'InvalidParameterException',
    /^Both maximumPercent/,
  ],
  [
    'a negative count',
    { desiredCount: -1 },
    'InvalidParameterException',
    'desiredCount must not be negative.',
  ],
  ['a count in words', { desiredCount: 'two' }, 'SerializationException', /Integer$/],
  ['force as a number', { forceNewDeployment: 1 }, 'SerializationException', /Boolean$/],
])('UpdateService refuses %s', async (_name, input, code, message) => {
  const made = await benchWithService()
  await made.call('DeregisterTaskDefinition', { taskDefinition: 'web:2' })
  const api = { name: 'api', image: 'api:1' }
  await made.call('RegisterTaskDefinition', { ...webDefinition, family: 'api', containerDefinitions: [api] })
  expect(await refusal(made, input)).toMatchObject({
    code,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
})

test.each(['DRAINING', 'INACTIVE'] as const)('a service that is %s is refused', async (status) => {
  const made = await benchWithService()
  made.serviceNamed('web').status = status
  expect(await refusal(made, { desiredCount: 1 })).toMatchObject({
    code: 'ServiceNotActiveException',
    message: 'Service was not ACTIVE.',
  })
})

test('a service that a capacity provider puts on Fargate takes only definitions for Fargate', async () => {
  const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT' }]
  const made = await benchWithService({ launchType: null, capacityProviderStrategy })
  await made.call('RegisterTaskDefinition', {
    ...webDefinition,
    requiresCompatibilities: ['EC2'],
    memory: '4096',
  })
  expect(await refusal(made, { taskDefinition: 'web:3' })).toMatchObject({
    code: 'InvalidParameterException',
    message: 'Task definition does not support launch_type FARGATE.',
  })
})
