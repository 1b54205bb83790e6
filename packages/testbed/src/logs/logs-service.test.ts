import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { testLogs } from './logs.fixture.ts'

test('a group is created, described and given a retention', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  await client.send(new CreateLogGroupCommand({ logGroupName: '/ecs/api' }))
  await client.send(new PutRetentionPolicyCommand({ logGroupName: '/ecs/api', retentionInDays: 14 }))
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs/' }))
  const arn = 'arn:aws:logs:us-east-1:111122223333:log-group:/ecs/api'
  expect(logGroups).toMatchObject([
    { logGroupName: '/ecs/api', arn: `${arn}:*`, logGroupArn: arn, retentionInDays: 14, storedBytes: 0 },
    { logGroupName: '/ecs/web' },
  ])
  expect(logGroups?.[1]).not.toHaveProperty('retentionInDays')
  const byPattern = await client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'ap' }))
  expect(byPattern.logGroups).toMatchObject([{ logGroupName: '/ecs/api' }])
  expect(byPattern.logGroups?.[0]).not.toHaveProperty('storedBytes')
})

test('groups come in pages of at most 50', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  for (let number = 0; number < 60; number += 1) logs.groups.createGroup(`/many/${number}`)
  const first = await client.send(new DescribeLogGroupsCommand({}))
  expect(first.logGroups).toHaveLength(50)
  const rest = await client.send(new DescribeLogGroupsCommand({ nextToken: first.nextToken }))
  expect(rest.logGroups).toHaveLength(11)
  expect(rest.nextToken).toBeUndefined()
})

test('a fresh stream shows no times; a written one does, and streams can be ordered by them', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  await client.send(new CreateLogStreamCommand({ logGroupName: '/ecs/web', logStreamName: 'z' }))
  logs.groups.write('/ecs/web', 'ecs/app/2', 'later', 2_000_000)
  logs.groups.write('/ecs/web', 'ecs/app/1', 'last', 3_000_000)
  logs.pass(10)
  const all = await client.send(new DescribeLogStreamsCommand({ logGroupName: '/ecs/web' }))
  expect(all.logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(['ecs/app/1', 'ecs/app/2', 'z'])
  expect(all.logStreams?.[0]).toMatchObject({ firstEventTimestamp: 3_000_000, lastEventTimestamp: 3_000_000 })
  expect(Object.keys(all.logStreams?.[2] ?? {}).sort()).toEqual([
    'arn',
    'creationTime',
    'logStreamName',
    'storedBytes',
  ])
  const latest = await client.send(
    new DescribeLogStreamsCommand({
      logGroupName: '/ecs/web',
      orderBy: 'LastEventTime',
      descending: true,
      limit: 1,
    }),
  )
  expect(latest.logStreams).toMatchObject([{ logStreamName: 'ecs/app/1' }])
})

const noGroup = { name: 'ResourceNotFoundException', message: 'The specified log group does not exist.' }
test.each([
  {
    name: 'a group that is not there',
    command: new GetLogEventsCommand({ logGroupName: 'no', logStreamName: 'no' }),
    error: noGroup,
  },
  {
    name: 'a stream that is not there',
    command: new GetLogEventsCommand({ logGroupName: '/ecs/web', logStreamName: 'no' }),
    error: { name: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' },
  },
  {
    name: 'a page that is too large',
    command: new GetLogEventsCommand({ logGroupName: '/ecs/web', logStreamName: 'no', limit: 10_001 }),
    error: {
      name: 'InvalidParameterException',
      message:
        "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    },
  },
  {
    name: 'both ways to name a group',
    command: new GetLogEventsCommand({ logGroupName: 'a', logGroupIdentifier: 'a', logStreamName: 'no' }),
    error: {
      name: 'ValidationException',
      message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    },
  },
])('$name is refused', async ({ command, error }) => {
  await using logs = await testLogs()
  await expect(new CloudWatchLogsClient(logs.settings).send(command)).rejects.toMatchObject(error)
})

test('names are taken once, and only names and periods that AWS takes', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  const group = { logGroupName: '/ecs/web' }
  const stream = { ...group, logStreamName: 'one' }
  await client.send(new CreateLogStreamCommand(stream))
  await expect(client.send(new CreateLogGroupCommand(group))).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: 'The specified log group already exists',
  })
  await expect(client.send(new CreateLogStreamCommand(stream))).rejects.toMatchObject({
    message: 'The specified log stream already exists',
  })
  const invalid = { name: 'InvalidParameterException' }
  await expect(client.send(new CreateLogGroupCommand({ logGroupName: 'a b' }))).rejects.toMatchObject(invalid)
  await expect(client.send(new CreateLogGroupCommand({ logGroupName: 'aws/x' }))).rejects.toMatchObject(
    invalid,
  )
  const retention = new PutRetentionPolicyCommand({ ...group, retentionInDays: 2 })
  await expect(client.send(retention)).rejects.toMatchObject(invalid)
})

test('a denial names the stream part of the resource', async () => {
  await using logs = await testLogs()
  logs.credentials.deny('logs:GetLogEvents')
  const command = new GetLogEventsCommand({ logGroupName: '/ecs/web', logStreamName: 's' })
  await expect(new CloudWatchLogsClient(logs.settings).send(command)).rejects.toThrow(
    'logs:GetLogEvents on resource: arn:aws:logs:us-east-1:111122223333:log-group:/ecs/web:log-stream:s because',
  )
})
