import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { describeTargetGroupAttributes, describeTargetHealth } from './elbv2.ts'
import { logGroupExists, tail } from './logs.ts'
import { scriptedEndpoint } from './scripted-endpoint.fixture.ts'
import { callerIdentity } from './sts.ts'

const xml = (operation: string, result: string) => ({
  body: `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`,
})

test('target health comes back in our own terms', async () => {
  const members = `<TargetHealthDescriptions>
    <member><Target><Id>10.0.1.5</Id><Port>8080</Port></Target><TargetHealth><State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [503]</Description></TargetHealth></member>
    <member><Target><Id>10.0.1.6</Id><Port>8080</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member>
  </TargetHealthDescriptions>`
  await using endpoint = await scriptedEndpoint(() => xml('DescribeTargetHealth', members))
  expect(await describeTargetHealth(new ElasticLoadBalancingV2Client(endpoint.config), 'tg')).toEqual([
    {
      id: '10.0.1.5',
      port: 8080,
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [503]',
    },
    { id: '10.0.1.6', port: 8080, state: 'healthy', reason: undefined, description: undefined },
  ])
})

test('attributes of a target group are found by key', async () => {
  const members =
    '<Attributes><member><Key>deregistration_delay.timeout_seconds</Key><Value>300</Value></member></Attributes>'
  await using endpoint = await scriptedEndpoint(() => xml('DescribeTargetGroupAttributes', members))
  const attributes = await describeTargetGroupAttributes(
    new ElasticLoadBalancingV2Client(endpoint.config),
    'tg',
  )
  expect(attributes.get('deregistration_delay.timeout_seconds')).toBe('300')
})

test('the caller is known by account and ARN', async () => {
  const identity = '<Arn>arn:aws:sts::111122223333:assumed-role/a/b</Arn><Account>111122223333</Account>'
  await using endpoint = await scriptedEndpoint(() => xml('GetCallerIdentity', identity))
  expect(await callerIdentity(new STSClient(endpoint.config))).toEqual({
    accountId: '111122223333',
    arn: 'arn:aws:sts::111122223333:assumed-role/a/b',
  })
})

test('the tail of a log goes back over empty pages until it has enough lines', async () => {
  const events = (...messages: string[]) => messages.map((message) => ({ message, timestamp: 1 }))
  const pages = [
    { events: events('c', 'd'), nextBackwardToken: 'b/1' },
    { events: [], nextBackwardToken: 'b/2' },
    { events: events('b'), nextBackwardToken: 'b/3' },
  ]
  await using endpoint = await scriptedEndpoint((_, index) => ({
    body: pages[index] ?? { events: events('a') },
  }))
  const lines = await tail(new CloudWatchLogsClient(endpoint.config), { group: 'g', stream: 's', lines: 3 })
  expect(lines).toEqual(['b', 'c', 'd'])
  expect(endpoint.received.map(({ body }) => JSON.parse(body))).toEqual([
    { logGroupName: 'g', logStreamName: 's', limit: 3 },
    { logGroupName: 'g', logStreamName: 's', limit: 1, nextToken: 'b/1' },
    { logGroupName: 'g', logStreamName: 's', limit: 1, nextToken: 'b/2' },
  ])
})

test('a short log ends where the token repeats', async () => {
  await using endpoint = await scriptedEndpoint((_, index) => ({
    body: { events: index === 0 ? [{ message: 'only' }] : [], nextBackwardToken: 'b/1' },
  }))
  const lines = await tail(new CloudWatchLogsClient(endpoint.config), { group: 'g', stream: 's', lines: 50 })
  expect(lines).toEqual(['only'])
  expect(endpoint.received).toHaveLength(2)
})

test.each([
  ['/ecs/web', true],
  ['/ecs/we', false],
  ['/ecs/web-2', true],
  ['/ecs/web-3', false],
])('the log group %s exists: %s', async (name, expected) => {
  const page = (...names: string[]) => names.map((logGroupName) => ({ logGroupName }))
  const pages = [
    { logGroups: page('/ecs/web', '/ecs/web-1'), nextToken: 'b' },
    { logGroups: page('/ecs/web-2') },
  ]
  await using endpoint = await scriptedEndpoint((_, index) => ({ body: pages[index] ?? {} }))
  expect(await logGroupExists(new CloudWatchLogsClient(endpoint.config), name)).toBe(expected)
  expect(JSON.parse(endpoint.received[0]?.body ?? '')).toEqual({ logGroupNamePrefix: name })
})
