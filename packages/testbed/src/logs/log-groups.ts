import type { Clock } from '../time/clock.ts'
import { arn, type Place } from '../wire/place.ts'
import { ServiceError } from '../wire/service-error.ts'
import { eventId, insertEvent, type LogEvent } from './log-event.ts'
import type { LogSink } from './log-sink.ts'

export interface LogStream {
  name: string
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Those that readers can see, by id and so by timestamp. */
  events: LogEvent[]
}

export interface LogGroup {
  name: string
  /** `arn:aws:logs:R:A:log-group:NAME`, without the `:*` that some answers add. */
  arn: string
  /** Milliseconds since the epoch. */
  createdAt: number
  /** For ever when absent. */
  retentionInDays?: number
  streams: Map<string, LogStream>
}

/** The log groups of an account: what the tasks' awslogs driver writes into and the API reads. */
export interface LogGroups extends LogSink {
  place: Place
  groups: ReadonlyMap<string, LogGroup>
  /** Throws ResourceNotFoundException. */
  group(name: string): LogGroup
  /** Throws ResourceNotFoundException. */
  stream(group: LogGroup, name: string): LogStream
  /** Does nothing when it is there. */
  createStream(group: LogGroup, name: string): void
}

/**
 * `visibilityDelay` is in seconds of AWS time: so long after it was written, a line can be read. AWS documents no
 * figure; lines arrive some seconds late, the last ones of a task possibly after it stopped.
 */
export interface LogGroupsOptions {
  visibilityDelay?: number
}

function found<T>(value: T | undefined, what: 'group' | 'stream'): T {
  if (value !== undefined) return value
  throw new ServiceError('ResourceNotFoundException', `The specified log ${what} does not exist.`)
}

function streamOf(group: LogGroup, name: string, now: number): LogStream {
  const stream = group.streams.get(name) ?? { name, createdAt: now, events: [] }
  group.streams.set(name, stream)
  return stream
}

/** No groups at first. */
export function logGroups(place: Place, clock: Clock, options: LogGroupsOptions = {}): LogGroups {
  const { visibilityDelay = 2 } = options
  const groups = new Map<string, LogGroup>()
  let written = 0

  const write = (groupName: string, streamName: string, message: string, timestamp: number) => {
    const group = groups.get(groupName)
    // The driver runs in non-blocking mode by default: what it cannot deliver is lost. Empty lines are never sent.
    if (!group || message === '') return
    const stream = streamOf(group, streamName, clock.now())
    written += 1
    const id = eventId(timestamp, written)
    const show = () => insertEvent(stream.events, { id, timestamp, message, ingestionTime: clock.now() })
    if (visibilityDelay > 0) clock.after(visibilityDelay, show)
    else show()
  }

  return {
    place,
    groups,
    hasGroup: (name) => groups.has(name),
    createGroup: (name) => {
      if (groups.has(name)) return
      const groupArn = arn(place, 'logs', `log-group:${name}`)
      groups.set(name, { name, arn: groupArn, createdAt: clock.now(), streams: new Map() })
    },
    write,
    group: (name) => found(groups.get(name), 'group'),
    stream: (group, name) => found(group.streams.get(name), 'stream'),
    createStream: (group, name) => void streamOf(group, name, clock.now()),
  }
}
