/** Where the awslogs driver of a task writes. */
export interface LogSink {
  hasGroup(group: string): boolean
  createGroup(group: string): void
  /** Creates the stream on first use. `at` is milliseconds since the epoch. */
  write(group: string, stream: string, line: string, at: number): void
}
