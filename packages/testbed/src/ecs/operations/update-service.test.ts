import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { at, benchWithService, targetGroupArn } from '../testing/bench.ts'

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
