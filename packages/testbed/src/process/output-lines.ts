import type { Readable } from 'node:stream'

/** Hands over each line of a stream as it is complete, and the last one at the end though nothing ends it. */
export function eachLine(
  stream: Readable,
  line: (text: string) => void,
  separator: string | RegExp = '\n',
): void {
  let partial = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = `${partial}${chunk}`.split(separator)
    partial = lines.pop() ?? ''
    for (const complete of lines) line(complete)
  })
  stream.once('close', () => {
    if (partial !== '') line(partial)
  })
}
