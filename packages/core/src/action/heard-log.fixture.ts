import type { Log } from './log.ts'

/** A log that a test reads in place of a person; nothing is printed. */
export interface HeardLog extends Log {
  /** What was said, in order, titles of groups among it. */
  lines: string[]
}

/** `heard` is told each line as it is said. */
export function heardLog(heard: (line: string) => void = () => {}): HeardLog {
  const lines: string[] = []
  const say = (line: string) => {
    lines.push(line)
    heard(line)
  }
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
