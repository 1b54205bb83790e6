import { flag, optionalText, textList, wholeNumber } from '../wire/input.ts'
import { type JsonObject, type JsonValue, present } from '../wire/json.ts'
import { fromToken, toToken } from '../wire/paging.ts'
import { filterPattern } from './filter-pattern.ts'
import { fitting, type LogEvent } from './log-event.ts'
import type { LogGroup, LogGroups } from './log-groups.ts'
import { invalidParameter, limit, namedGroup } from './log-input.ts'

type Found = LogEvent & { logStreamName: string }

function searched(group: LogGroup, input: JsonObject): Found[] {
  const names = textList(input, 'logStreamNames')
  const prefix = optionalText(input, 'logStreamNamePrefix')
  if (names.length > 0 && prefix !== undefined) {
    throw invalidParameter('logStreamNamePrefix and logStreamNames are mutually exclusive parameters.')
  }
  if (names.length > 100) throw invalidParameter('At most 100 log stream names can be given.')
  return [...group.streams.values()]
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .filter(({ name }) => name.startsWith(prefix ?? ''))
    .flatMap(({ name, events }) => events.map((event) => ({ ...event, logStreamName: name })))
}

function matches(input: JsonObject): (event: LogEvent) => boolean {
  const from = wholeNumber(input, 'startTime') ?? Number.NEGATIVE_INFINITY
  // Inclusive here, unlike GetLogEvents: "events with a timestamp later than this time are not returned".
  const to = wholeNumber(input, 'endTime') ?? Number.POSITIVE_INFINITY
  const matching = filterPattern(optionalText(input, 'filterPattern') ?? '')
  return ({ timestamp, message }) => timestamp >= from && timestamp <= to && matching(message)
}

function view({ logStreamName, timestamp, message, ingestionTime, id }: Found): JsonValue {
  return { logStreamName, timestamp, message, ingestionTime, eventId: id }
}

/** FilterLogEvents over the streams of one group, by timestamp. Source: CloudWatch Logs API reference, "FilterLogEvents". */
export function filterLogEvents(groups: LogGroups, input: JsonObject): JsonObject {
  const size = limit(input, 10_000)
  const token = optionalText(input, 'nextToken')
  const seen = token === undefined ? undefined : fromToken(token)
  if (token !== undefined && seen === undefined) throw invalidParameter('The specified nextToken is invalid.')
  const sign = (flag(input, 'startFromHead') ?? true) ? 1 : -1
  const order = (a: string, b: string) => sign * (a < b ? -1 : 1)
  const rest = searched(namedGroup(groups, input), input)
    .filter(matches(input))
    .sort((a, b) => order(a.id, b.id))
    .filter(({ id }) => seen === undefined || (order(seen, id) < 0 && seen !== id))
  const page = rest.slice(0, fitting(rest, size).length)
  const last = page.at(-1)
  const more = last !== undefined && page.length < rest.length
  // searchedLogStreams has been empty since 2020.
  return present({
    events: page.map(view),
    searchedLogStreams: [],
    nextToken: more ? toToken(last.id) : undefined,
  })
}
