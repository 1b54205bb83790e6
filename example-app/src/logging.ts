/** Log members that are objects or undefined are allowed; undefined ones are left out of the line. */
export type LogFields = Readonly<Record<string, unknown>>

export interface Logger {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** One JSON object a line, because the awslogs driver makes each line a log event of its own. */
export function logger(write: (line: string) => void = (line) => process.stdout.write(line)): Logger {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      const entry = { time: new Date().toISOString(), level, message, ...fields }
      write(`${JSON.stringify(entry, errorsAsObjects)}\n`)
    }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

/** JSON.stringify alone turns an Error into {}. */
function errorsAsObjects(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const { name, message, stack, cause } = value
  return { name, message, stack, cause }
}
