import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, benchWithService, webDefinition, webService } from '../testing/bench.ts'

const definition = (name: string): string => `arn:aws:ecs:us-east-1:111122223333:task-definition/${name}`

test('the service goes into its cluster with AWS’s defaults, and then to the scheduler', async () => {
  const made = await benchWithService({ deploymentConfiguration: null, futureMember: { a: [1] } })
  expect(made.scheduler.calls).toEqual([
    { kind: 'createService', service: 'web', taskDefinition: definition('web:1') },
  ])
  expect(made.serviceNamed('web')).toMatchObject({
    arn: 'arn:aws:ecs:us-east-1:111122223333:service/shop/web',
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    circuitBreaker: { enable: false, rollback: false },
    healthCheckGracePeriodSeconds: 0,
    raw: { launchType: 'FARGATE', futureMember: { a: [1] } },
  })
})

test('the answer shows the service with its first deployment', async () => {
  const made = await benchWithService()
  const answer = await made.call('CreateService', { ...webService, serviceName: 'api', tags: [{ key: 'a' }] })
  expect(answer.service).toMatchObject({
    serviceName: 'api',
    status: 'ACTIVE',
    events: [],
    taskDefinition: definition('web:2'),
    deployments: [{ status: 'PRIMARY', taskDefinition: definition('web:2'), platformVersion: '1.4.0' }],
    currentServiceDeployment: expect.stringContaining(':service-deployment/shop/api/'),
    tags: [{ key: 'a' }],
  })
})

test('the deployment configuration is read whole, with the breaker’s defaults', async () => {
  const made = await benchWithService({
    deploymentConfiguration: {
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      deploymentCircuitBreaker: {
        enable: true,
        rollback: true,
        thresholdConfiguration: { type: 'COUNT', value: 7 },
      },
      futureMember: 1,
    },
  })
  expect(made.serviceNamed('web')).toMatchObject({
    minimumHealthyPercent: 50,
    maximumPercent: 150,
    circuitBreaker: {
      enable: true,
      rollback: true,
      resetOnHealthyTask: true,
      threshold: { type: 'COUNT', value: 7 },
    },
    raw: { deploymentConfiguration: { futureMember: 1 } },
  })
})

test('a name is taken while its service is ACTIVE or DRAINING, and free once INACTIVE', async () => {
  const made = await benchWithService()
  const again = () => made.call('CreateService', webService)
  await expect(again()).rejects.toMatchObject({ message: 'Creation of service was not idempotent.' })
  made.serviceNamed('web').status = 'DRAINING'
  await expect(again()).rejects.toMatchObject({
    message: 'Unable to Start a service that is still Draining.',
  })
  made.serviceNamed('web').status = 'INACTIVE'
  expect(at(await again(), 'service', 'status')).toBe('ACTIVE')
})

const throughProvider = (capacityProvider: string): JsonObject => ({
  launchType: null,
  capacityProviderStrategy: [{ capacityProvider }],
})

test('a task definition that is INACTIVE or not for Fargate is refused', async () => {
  const { call } = await benchWithService()
  await call('DeregisterTaskDefinition', { taskDefinition: 'web:2' })
  const inactive = call('CreateService', { ...webService, serviceName: 'b', taskDefinition: 'web:2' })
  await expect(inactive).rejects.toMatchObject({
    code: 'ClientException',
    message: 'TaskDefinition is inactive',
  })
  await call('RegisterTaskDefinition', {
    ...webDefinition,
    networkMode: 'host',
    requiresCompatibilities: null,
  })
  for (const compute of [{}, throughProvider('FARGATE'), throughProvider('FARGATE_SPOT')]) {
    const onFargate = { ...webService, ...compute, serviceName: 'b', taskDefinition: 'web:3' }
    await expect(call('CreateService', onFargate)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Task definition does not support launch_type FARGATE.',
    })
  }
  const onInstances = { networkConfiguration: null, loadBalancers: [], ...throughProvider('of-the-team') }
  await call('CreateService', { ...webService, ...onInstances, serviceName: 'c', taskDefinition: 'web:3' })
  const withNetwork = { ...webService, serviceName: 'b', taskDefinition: 'web:3', launchType: 'EC2' }
  await expect(call('CreateService', withNetwork)).rejects.toMatchObject({
    message: 'Network Configuration is not valid for the given networkMode of this task definition.',
  })
  const { service } = await call('CreateService', {
    ...withNetwork,
    networkConfiguration: null,
    loadBalancers: [],
  })
  expect(service).toMatchObject({ launchType: 'EC2', loadBalancers: [] })
  expect(service).not.toHaveProperty('platformVersion')
})
