import type { Readable } from 'node:stream'

/** Hands over each line of a stream as it is complete, and the last one at the end though nothing ends it. */
export function eachLine(stream: Readable, line: (text: string) => void): void {
  let partial = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = `${partial}${chunk}`.split('\n')
    partial = lines.pop() ?? ''
    for (const complete of lines) line(complete)
  })
  stream.once('close', () => {
    if (partial !== '') line(partial)
  })
}
