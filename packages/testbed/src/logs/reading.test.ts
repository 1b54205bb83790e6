import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateFilterLogEvents,
  paginateGetLogEvents,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { type TestLogs, testLogs } from './logs.fixture.ts'

const stream = { logGroupName: '/ecs/web', logStreamName: 'ecs/app/1' }

function write(logs: TestLogs, lines: readonly string[], name = stream.logStreamName): void {
  for (const [index, line] of lines.entries()) logs.groups.write('/ecs/web', name, line, 5_000 + index)
  logs.pass(10)
}

function messages(events: { message?: string | undefined }[] | undefined): (string | undefined)[] {
  return (events ?? []).map(({ message }) => message)
}

test('a line can be read some seconds after it was written', async () => {
  await using logs = await testLogs({ visibilityDelay: 4 })
  const client = new CloudWatchLogsClient(logs.settings)
  logs.groups.write('/ecs/web', 'ecs/app/1', 'hello', 1_000_500)
  logs.groups.write('/ecs/web', 'ecs/app/1', '', 1_000_600)
  logs.groups.write('/not/there', 'ecs/app/1', 'lost', 1_000_700)
  logs.pass(3)
  expect((await client.send(new GetLogEventsCommand(stream))).events).toEqual([])
  logs.pass(1)
  expect((await client.send(new GetLogEventsCommand(stream))).events).toEqual([
    { timestamp: 1_000_500, message: 'hello', ingestionTime: 1_004_000 },
  ])
})

test('without startFromHead the last lines come, and the backward token leads to those before', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  write(logs, ['1', '2', '3', '4', '5'])
  const tail = await client.send(new GetLogEventsCommand({ ...stream, limit: 2 }))
  expect(messages(tail.events)).toEqual(['4', '5'])
  const before = await client.send(
    new GetLogEventsCommand({ ...stream, limit: 2, nextToken: tail.nextBackwardToken }),
  )
  expect(messages(before.events)).toEqual(['2', '3'])
  const onwards = await client.send(
    new GetLogEventsCommand({ ...stream, startFromHead: true, nextToken: before.nextForwardToken }),
  )
  expect(messages(onwards.events)).toEqual(['4', '5'])
})

test.each([
  { name: 'an empty stream', lines: [] },
  { name: 'a stream with lines', lines: ['1', '2', '3'] },
])(
  'the forward token of $name is never null, repeats at the end, and goes on with what comes later',
  async ({ lines }) => {
    await using logs = await testLogs()
    const client = new CloudWatchLogsClient(logs.settings)
    logs.groups.createStream(logs.groups.group('/ecs/web'), 'ecs/app/1')
    write(logs, lines)
    const head = { ...stream, startFromHead: true }
    const first = await client.send(new GetLogEventsCommand(head))
    expect(messages(first.events)).toEqual(lines)
    expect(first.nextForwardToken).toMatch(/^f\/\d{56}\/s$/)
    expect(first.nextBackwardToken).toMatch(/^b\/\d{56}\/s$/)
    const second = await client.send(new GetLogEventsCommand({ ...head, nextToken: first.nextForwardToken }))
    expect(second).toMatchObject({ events: [], nextForwardToken: first.nextForwardToken })
    logs.groups.write('/ecs/web', 'ecs/app/1', 'later', 6_000)
    logs.pass(10)
    const third = await client.send(new GetLogEventsCommand({ ...head, nextToken: second.nextForwardToken }))
    expect(messages(third.events)).toEqual(['later'])
  },
)

test('the paginator reads every line once', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  const lines = Array.from({ length: 25 }, (_, index) => `line ${index}`)
  write(logs, lines)
  const read: (string | undefined)[] = []
  const pages = paginateGetLogEvents(
    { client, stopOnSameToken: true },
    { ...stream, startFromHead: true, limit: 10 },
  )
  for await (const { events } of pages) read.push(...messages(events))
  expect(read).toEqual(lines)
})

test('a page ends at one megabyte', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  write(
    logs,
    Array.from({ length: 5 }, () => 'x'.repeat(300_000)),
  )
  const page = await client.send(new GetLogEventsCommand({ ...stream, startFromHead: true }))
  expect(page.events).toHaveLength(3)
})

test('startTime is inclusive, endTime is not', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  write(logs, ['a', 'b', 'c'])
  const { events } = await client.send(
    new GetLogEventsCommand({ ...stream, startTime: 5_000, endTime: 5_002 }),
  )
  expect(messages(events)).toEqual(['a', 'b'])
})

test.each(['2', 'f/1', `x/${'1'.repeat(56)}/s`])('the token %s is refused', async (nextToken) => {
  await using logs = await testLogs()
  write(logs, ['a'])
  const client = new CloudWatchLogsClient(logs.settings)
  await expect(
    client.send(new GetLogEventsCommand({ ...stream, startFromHead: true, nextToken })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'The specified nextToken is invalid.',
  })
})

test('FilterLogEvents merges streams by time, pages, and ends without a token', async () => {
  await using logs = await testLogs()
  const client = new CloudWatchLogsClient(logs.settings)
  write(logs, ['a1', 'a2', 'a3'])
  write(logs, ['b1', 'b2', 'b3'], 'ecs/app/2')
  write(logs, ['other'], 'side/app/3')
  const request = { logGroupName: '/ecs/web', logStreamNamePrefix: 'ecs/', limit: 4 }
  const pages: (string | undefined)[][] = []
  // A copy, because the paginator leaves its last token in the request it was given.
  for await (const page of paginateFilterLogEvents({ client }, { ...request })) {
    expect(page.searchedLogStreams).toEqual([])
    pages.push(messages(page.events))
  }
  expect(pages).toEqual([
    ['a1', 'b1', 'a2', 'b2'],
    ['a3', 'b3'],
  ])
  const newest = await client.send(new FilterLogEventsCommand({ ...request, startFromHead: false, limit: 2 }))
  expect(messages(newest.events)).toEqual(['b3', 'a3'])
})

test.each([
  { pattern: 'ERROR', found: ['ERROR one', 'ERROR two'] },
  { pattern: 'ERROR two', found: ['ERROR two'] },
  { pattern: '"ERROR one"', found: ['ERROR one'] },
  { pattern: '?one ?warn', found: ['ERROR one', 'warn'] },
  { pattern: 'ERROR -two', found: ['ERROR one'] },
  { pattern: '', found: ['ERROR one', 'ERROR two', 'warn'] },
])('the filter pattern $pattern finds $found', async ({ pattern, found }) => {
  await using logs = await testLogs()
  write(logs, ['ERROR one', 'ERROR two', 'warn'])
  const client = new CloudWatchLogsClient(logs.settings)
  const { events } = await client.send(
    new FilterLogEventsCommand({
      logGroupName: '/ecs/web',
      filterPattern: pattern,
      logStreamNames: ['ecs/app/1'],
    }),
  )
  expect(messages(events)).toEqual(found)
})
