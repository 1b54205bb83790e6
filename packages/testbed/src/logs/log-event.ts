/** A line as readers see it. Times are milliseconds since the epoch. */
export interface LogEvent {
  /** 56 digits that sort as the events do: by timestamp, then by arrival. */
  id: string
  timestamp: number
  message: string
  ingestionTime: number
}

export const idLength = 56

export function eventId(timestamp: number, sequence: number): string {
  const time = String(timestamp).padStart(20, '0')
  return time + String(sequence).padStart(idLength - time.length, '0')
}

/** Keeps the order although lines of several containers can become visible out of turn. */
export function insertEvent(events: LogEvent[], event: LogEvent): void {
  const before = events.findLastIndex(({ id }) => id < event.id)
  events.splice(before + 1, 0, event)
}

// PutLogEvents counts each event as its UTF-8 bytes and 26 more; the reading calls answer at most 1 MB.
const maximumBytes = 1024 * 1024
const overhead = 26

/** The first events that fit on one page, at least one. */
export function fitting(events: readonly LogEvent[], limit: number): LogEvent[] {
  const page: LogEvent[] = []
  let bytes = 0
  for (const event of events.slice(0, limit)) {
    bytes += Buffer.byteLength(event.message) + overhead
    if (page.length > 0 && bytes > maximumBytes) break
    page.push(event)
  }
  return page
}
