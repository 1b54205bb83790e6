/** One parsed log line. */
export interface LogEntry {
  level: string
  message: string
  [field: string]: unknown
}

/** Throws when the line is no log line of ours, so that a test notices anything else on stdout. */
export function parseEntry(line: string): LogEntry {
  const entry: unknown = JSON.parse(line)
  if (typeof entry === 'object' && entry !== null && 'level' in entry && 'message' in entry) {
    return { ...entry, level: String(entry.level), message: String(entry.message) }
  }
  throw new Error(`not a log line: ${line}`)
}
