import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, benchWithService, webService } from '../testing/bench.ts'

const webArn = 'arn:aws:ecs:us-east-1:111122223333:service/shop/web'

test('names and ARNs are taken, unknown services are failures, INACTIVE ones are shown', async () => {
  const made = await benchWithService()
  made.serviceNamed('web').status = 'INACTIVE'
  const answer = await made.call('DescribeServices', { cluster: 'shop', services: [webArn, 'nope', 'web'] })
  expect(at(answer, 'services', 0, 'status')).toBe('INACTIVE')
  expect(at(answer, 'services', 1, 'serviceArn')).toBe(webArn)
  expect(answer.failures).toEqual([{ arn: webArn.replace('web', 'nope'), reason: 'MISSING' }])
})

test('an answer is a copy', async () => {
  const made = await benchWithService({ futureMember: { a: 1 } })
  const answer = await made.call('DescribeServices', { cluster: 'shop', services: ['web'] })
  Object.assign(Object(at(answer, 'services', 0, 'futureMember')), { a: 2 })
  expect(made.serviceNamed('web').raw.futureMember).toEqual({ a: 1 })
})

test('ListServices pages over the ACTIVE services', async () => {
  const made = await benchWithService()
  for (const serviceName of ['b', 'c', 'd']) await made.call('CreateService', { ...webService, serviceName })
  made.serviceNamed('c').status = 'DRAINING'
  const first = await made.call('ListServices', { cluster: 'shop', maxResults: 2 })
  expect(first.serviceArns).toEqual([webArn, webArn.replace('web', 'b')])
  const next = { cluster: 'shop', maxResults: 2, nextToken: first.nextToken ?? null }
  expect(await made.call('ListServices', next)).toEqual({ serviceArns: [webArn.replace('web', 'd')] })
  expect(await made.call('ListServices', { cluster: 'shop', launchType: 'EC2' })).toEqual({ serviceArns: [] })
})

test('DeleteService hands over a service at 0, or any with force, and only once', async () => {
  const made = await benchWithService()
  const remove = (force: boolean) => made.call('DeleteService', { cluster: 'shop', service: webArn, force })
  await expect(remove(false)).rejects.toMatchObject({
    message: 'The service cannot be stopped while it is scaled above 0.',
  })
  await made.call('UpdateService', {
    cluster: 'shop',
    service: 'web',
    desiredCount: 0,
    taskDefinition: 'web',
  })
  await expect(remove(false)).rejects.toMatchObject({
    message: 'The service cannot be stopped while deployments are active.',
  })
  expect(at(await remove(true), 'service', 'status')).toBe('DRAINING')
  await remove(true)
  expect(made.scheduler.calls.filter(({ kind }) => kind === 'deleteService')).toHaveLength(1)
  made.serviceNamed('web').status = 'INACTIVE'
  await expect(remove(true)).rejects.toMatchObject({ code: 'ServiceNotFoundException' })
})

test.each<[operation: string, input: JsonObject, code: string, message: string]>([
  [
    'DescribeServices',
    { cluster: 'nope', services: ['web'] },
    'ClusterNotFoundException',
    'Cluster not found.',
  ],
  ['DescribeServices', { cluster: 'shop' }, 'InvalidParameterException', 'Services cannot be empty.'],
  [
    'DescribeServices',
    { cluster: 'shop', services: Array.from('abcdefghijk') },
    'InvalidParameterException',
    'Services cannot have more than 10 entries.',
  ],
  [
    'DescribeServices',
    { cluster: 'shop', services: [1] },
    'SerializationException',
    'NUMBER_VALUE can not be converted to String',
  ],
  [
    'DescribeServices',
    { cluster: 'shop', services: [webArn.replace('shop', 'b')] },
    'InvalidParameterException',
    'Identifier is for cluster b. Your cluster is shop',
  ],
  [
    'ListServices',
    { cluster: 'shop', launchType: 'ec2' },
    'InvalidParameterException',
    'Invalid launch type.',
  ],
  [
    'ListServices',
    { cluster: 'shop', maxResults: 101 },
    'InvalidParameterException',
    'maxResults must be between 1 and 100.',
  ],
  ['ListServices', { service: 'web' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ['DeleteService', { cluster: 'shop', service: 'nope' }, 'ServiceNotFoundException', 'Service not found.'],
])('%s of %j is refused', async (operation, input, code, message) => {
  const { call } = await benchWithService()
  await expect(call(operation, input)).rejects.toMatchObject({ code, message })
})
