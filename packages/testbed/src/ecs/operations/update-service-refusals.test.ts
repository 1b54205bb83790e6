import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import {
  type Bench,
  benchWithService,
  instanceGroupArn,
  targetGroupArn,
  webDefinition,
} from '../testing/bench.ts'

const balancer = { targetGroupArn, containerName: 'web', containerPort: 8080 }

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
