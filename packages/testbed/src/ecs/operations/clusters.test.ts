import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, bench, benchWithService } from '../testing/bench.ts'
import { addTask } from '../testing/tasks.ts'

const shop = 'arn:aws:ecs:us-east-1:111122223333:cluster/shop'

test('a cluster is created once, described by name and ARN, and its unknown members survive', async () => {
  const { call } = bench()
  const tags = [{ key: 'team', value: 'shop' }]
  await call('CreateCluster', { clusterName: 'shop', tags, futureMember: { a: 1 } })
  const again = await call('CreateCluster', { clusterName: 'shop' })
  expect(at(again, 'cluster', 'futureMember')).toEqual({ a: 1 })
  for (const name of ['shop', shop]) {
    const { clusters, failures } = await call('DescribeClusters', { clusters: [name], include: ['TAGS'] })
    expect(failures).toEqual([])
    expect(clusters).toMatchObject([{ clusterArn: shop, status: 'ACTIVE', tags, futureMember: { a: 1 } }])
  }
})

test('the cluster called default is there only after somebody created it', async () => {
  const { call } = bench()
  const arn = 'arn:aws:ecs:us-east-1:111122223333:cluster/default'
  expect(await call('DescribeClusters')).toEqual({ clusters: [], failures: [{ arn, reason: 'MISSING' }] })
  await call('CreateCluster')
  expect(at(await call('DescribeClusters'), 'clusters', 0, 'clusterName')).toBe('default')
})

test('an ARN of another region is a failure', async () => {
  const { call } = bench()
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop'
  const answer = await call('DescribeClusters', { clusters: [arn] })
  expect(answer.failures).toEqual([{ arn, reason: 'MISSING' }])
})

test('a deleted cluster is described as INACTIVE and takes no calls', async () => {
  const { call } = bench()
  await call('CreateCluster', { clusterName: 'shop' })
  expect(at(await call('DeleteCluster', { cluster: shop }), 'cluster', 'status')).toBe('INACTIVE')
  await expect(call('ListTasks', { cluster: 'shop' })).rejects.toMatchObject({
    code: 'ClusterNotFoundException',
    message: 'The referenced cluster was inactive.',
  })
  const answer = await call('DescribeClusters', { clusters: ['shop'] })
  expect(at(answer, 'clusters', 0, 'status')).toBe('INACTIVE')
})

test('a cluster in use is not deleted', async () => {
  const made = await benchWithService()
  await expect(made.call('DeleteCluster', { cluster: 'shop' })).rejects.toMatchObject({
    code: 'ClusterContainsServicesException',
    message: 'The Cluster cannot be deleted while Services are active.',
  })
  addTask(made.serviceNamed('web'), 'a', 0)
  made.serviceNamed('web').status = 'INACTIVE'
  await expect(made.call('DeleteCluster', { cluster: 'shop' })).rejects.toMatchObject({
    code: 'ClusterContainsTasksException',
    message: 'The Cluster cannot be deleted while Tasks are active.',
  })
})

test.each<{ name: string; operation: string; input: JsonObject; code: string; message: string }>([
  {
    name: 'a bad name',
    operation: 'CreateCluster',
    input: { clusterName: 'a b' },
    code: 'InvalidParameterException',
    message: 'Invalid cluster name.',
  },
  {
    name: 'a number for a name',
    operation: 'CreateCluster',
    input: { clusterName: 7 },
    code: 'SerializationException',
    message: 'NUMBER_VALUE can not be converted to String',
  },
  {
    name: 'an empty list of tags',
    operation: 'CreateCluster',
    input: { tags: [] },
    code: 'InvalidParameterException',
    message: 'Tags can not be empty.',
  },
  {
    name: 'tags with the same key',
    operation: 'CreateCluster',
    input: { tags: [{ key: 'a' }, { key: 'a' }] },
    code: 'InvalidParameterException',
    message: 'Tag keys must be unique.',
  },
  {
    name: 'an unknown cluster',
    operation: 'DeleteCluster',
    input: { cluster: 'nope' },
    code: 'ClusterNotFoundException',
    message: 'Cluster not found.',
  },
  {
    name: 'more clusters than AWS takes',
    operation: 'DescribeClusters',
    input: { clusters: Array.from({ length: 101 }, () => 'shop') },
    code: 'InvalidParameterException',
    message: 'clusters cannot have more than 100 entries.',
  },
])('$operation refuses $name', async ({ operation, input, code, message }) => {
  await expect(bench().call(operation, input)).rejects.toMatchObject({ code, message })
})
