import { createHash } from 'node:crypto'
import { flag, optionalText } from '../wire/input.ts'
import { type JsonObject, present } from '../wire/json.ts'
import { paginate } from '../wire/paging.ts'
import type { LogGroup, LogGroups, LogStream } from './log-groups.ts'
import { invalidParameter, limit, namedGroup } from './log-input.ts'

function view(group: LogGroup, { name, createdAt, events }: LogStream): JsonObject {
  const last = events.at(-1)
  return present({
    logStreamName: name,
    creationTime: createdAt,
    firstEventTimestamp: events[0]?.timestamp,
    lastEventTimestamp: last?.timestamp,
    lastIngestionTime: last?.ingestionTime,
    // Still answered, though writing no longer needs it; a fresh stream has none.
    uploadSequenceToken: last && createHash('sha256').update(last.id).digest('hex').slice(0, 56),
    arn: `${group.arn}:log-stream:${name}`,
    storedBytes: 0,
  })
}

function byLastEvent(a: LogStream, b: LogStream): number {
  return (a.events.at(-1)?.timestamp ?? a.createdAt) - (b.events.at(-1)?.timestamp ?? b.createdAt)
}

/** DescribeLogStreams: ordered by name, or by the last event, either way round. Source: CloudWatch Logs API reference. */
export function describeLogStreams(groups: LogGroups, input: JsonObject): JsonObject {
  const group = namedGroup(groups, input)
  const prefix = optionalText(input, 'logStreamNamePrefix')
  const byTime = optionalText(input, 'orderBy') === 'LastEventTime'
  if (byTime && prefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
  }
  const found = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(prefix ?? ''))
    .sort(byTime ? byLastEvent : (a, b) => (a.name < b.name ? -1 : 1))
  if (flag(input, 'descending')) found.reverse()
  const { page, nextToken } = paginate(found, optionalText(input, 'nextToken'), limit(input, 50), () =>
    invalidParameter('The specified nextToken is invalid.'),
  )
  return present({ logStreams: page.map((stream) => view(group, stream)), nextToken })
}
