import { expect, test } from 'vitest'
import type { JsonObject } from '../wire/json.ts'
import { bench } from './testing/bench.ts'

const arn = (resource: string): string => `arn:aws:ecs:us-east-1:111122223333:${resource}`
const deployment = arn('service-deployment/shop/web/abc')

test.each<[operation: string, input: JsonObject, resource: string]>([
  ['UpdateService', { cluster: 'shop', service: 'web' }, arn('service/shop/web')],
  ['UpdateService', { cluster: arn('cluster/shop'), service: 'web' }, arn('service/shop/web')],
  ['UpdateService', { service: arn('service/shop/web') }, arn('service/shop/web')],
  ['UpdateService', { service: 7 }, '*'],
  ['DeleteService', { service: 'web' }, arn('service/default/web')],
  ['CreateService', { cluster: 'shop', serviceName: 'web' }, arn('service/shop/web')],
  ['DescribeServices', { cluster: 'shop', services: ['web', 'api'] }, arn('service/shop/web')],
  ['ListServiceDeployments', { cluster: 'shop', service: 'web' }, arn('service/shop/web')],
  ['DescribeTasks', { cluster: 'shop', tasks: ['a'] }, arn('task/shop/a')],
  ['StopTask', { cluster: 'shop', task: arn('task/shop/a') }, arn('task/shop/a')],
  ['DescribeClusters', { clusters: ['shop'] }, arn('cluster/shop')],
  ['DeleteCluster', { cluster: arn('cluster/shop') }, arn('cluster/shop')],
  ['DescribeServiceDeployments', { serviceDeploymentArns: [deployment] }, deployment],
  ['StopServiceDeployment', { serviceDeploymentArn: deployment }, deployment],
  ['DescribeServiceRevisions', { serviceRevisionArns: ['x'] }, 'x'],
  ['RegisterTaskDefinition', { family: 'web' }, arn('task-definition/web:*')],
  ['DescribeTaskDefinition', { taskDefinition: 'web' }, '*'],
  ['ListTasks', { cluster: 'shop' }, '*'],
])('who may not %s %j is told about %s', (operation, input, resource) => {
  expect(bench().service.resource(operation, input)).toBe(resource)
})

test.each([
  ['DescribeServices', 100, 20],
  ['ListTasks', 100, 20],
  ['ListServiceDeployments', 50, 20],
  ['DescribeServiceRevisions', 50, 20],
  ['UpdateService', 50, 5],
  ['RegisterTaskDefinition', 20, 1],
  ['DescribeTaskDefinition', 50, 20],
  ['StopTask', 100, 40],
  ['DescribeClusters', 50, 20],
  ['CreateCluster', 20, 1],
])('%s draws on a bucket of %i that gains %i a second', (operation, burst, perSecond) => {
  expect(bench().service.buckets(operation)).toEqual([{ name: expect.any(String), burst, perSecond }])
})

test('operations of a category share a bucket, and each operation has one but StopServiceDeployment', () => {
  const { service } = bench()
  expect(service.buckets('CreateService')).toEqual(service.buckets('DeleteService'))
  expect(service.buckets('DescribeServiceDeployments')).not.toEqual(
    service.buckets('DescribeServiceRevisions'),
  )
  const without = Object.keys(service.operations).filter((name) => service.buckets(name).length === 0)
  expect(without).toEqual(['StopServiceDeployment'])
})
