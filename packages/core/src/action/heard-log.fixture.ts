import type { Log } from './log.ts'

/** A log that a test reads in place of a person; nothing is printed. */
export interface HeardLog extends Log {
  /** What was said, in order, titles of groups among it. */
  lines: string[]
}

export function heardLog(): HeardLog {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  return {
    lines,
    info: say,
    notice: say,
    warning: say,
    error: say,
    debug: say,
    mask() {},
    group(title, body) {
      say(title)
      return body()
    },
  }
}
