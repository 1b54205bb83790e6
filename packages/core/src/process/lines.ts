import { StringDecoder } from 'node:string_decoder'

export interface LineSplitter {
  push(data: Buffer): void
  /** Hands on the last line if nothing ended it. */
  end(): void
}

/** Cuts a stream of bytes into lines. Characters that arrive in two pieces stay whole. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.replace(/\r$/, ''))
  }
  return {
    push: (data) => take(decoder.write(data)),
    end: () => {
      take(decoder.end())
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
