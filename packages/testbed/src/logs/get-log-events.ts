import { flag, optionalText, text, wholeNumber } from '../wire/input.ts'
import { type JsonObject, present } from '../wire/json.ts'
import { fitting, idLength, type LogEvent } from './log-event.ts'
import type { LogGroups } from './log-groups.ts'
import { invalidParameter, limit, namedGroup } from './log-input.ts'

/** A place between two events: forward reads those with an id from `boundary` on, backward those below it. */
interface Cursor {
  forward: boolean
  boundary: string
}

const beginning = '0'.repeat(idLength)
const end = '9'.repeat(idLength)
const tokenForm = new RegExp(`^([fb])/(\\d{${idLength}})/s$`)

function cursor(input: JsonObject): Cursor {
  const token = optionalText(input, 'nextToken')
  const fromHead = flag(input, 'startFromHead') ?? false
  if (token === undefined) return { forward: fromHead, boundary: fromHead ? beginning : end }
  const [, direction, boundary] = tokenForm.exec(token) ?? []
  // Documented: whoever passes a forward token must say startFromHead; what happens otherwise is not, so it is refused.
  if (boundary === undefined || (direction === 'f' && !fromHead)) {
    throw invalidParameter('The specified nextToken is invalid.')
  }
  return { forward: direction === 'f', boundary }
}

function onePage(events: readonly LogEvent[], { forward, boundary }: Cursor, size: number): LogEvent[] {
  if (forward)
    return fitting(
      events.filter(({ id }) => id >= boundary),
      size,
    )
  const before = events.filter(({ id }) => id < boundary)
  return fitting(before.toReversed(), size).reverse()
}

function after(id: string): string {
  return String(BigInt(id) + 1n).padStart(idLength, '0')
}

/**
 * GetLogEvents. Both tokens are always there: the end is reached when the forward token that comes back is the one
 * that was sent. Source: CloudWatch Logs API reference, "GetLogEvents".
 */
export function getLogEvents(groups: LogGroups, input: JsonObject): JsonObject {
  const size = limit(input, 10_000)
  const at = cursor(input)
  const from = wholeNumber(input, 'startTime') ?? Number.NEGATIVE_INFINITY
  const to = wholeNumber(input, 'endTime') ?? Number.POSITIVE_INFINITY
  const stream = groups.stream(namedGroup(groups, input), text(input, 'logStreamName'))
  const wanted = stream.events.filter(({ timestamp }) => timestamp >= from && timestamp < to)
  const page = onePage(wanted, at, size)
  const last = page.at(-1) ?? (at.boundary === end ? stream.events.at(-1) : undefined)
  const forward = last ? after(last.id) : at.boundary === end ? beginning : at.boundary
  const backward = page[0]?.id ?? forward
  return {
    events: page.map(({ timestamp, message, ingestionTime }) =>
      present({ timestamp, message, ingestionTime }),
    ),
    nextForwardToken: `f/${forward}/s`,
    nextBackwardToken: `b/${backward}/s`,
  }
}
