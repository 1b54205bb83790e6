import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outputStreams } from './log-frames.ts'

const frame = (stream: number, content: Buffer): Buffer => {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(content.length, 4)
  return Buffer.concat([header, content])
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let rest = bytes
  for (const size of sizes) {
    chunks.push(rest.subarray(0, size))
    rest = rest.subarray(size)
  }
  return [...chunks, rest].filter((chunk) => chunk.length > 0)
}

test('however the connection cuts the frames, each stream gets what was written to it, in order', async () => {
  const written = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.string({ unit: 'binary' })))
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }))
  await fc.assert(
    fc.asyncProperty(written, sizes, async (frames, chunks) => {
      const bytes = Buffer.concat(frames.map(([stream, content]) => frame(stream, Buffer.from(content))))
      const { stdout, stderr } = outputStreams(Readable.from(cut(bytes, chunks)))
      const read = await Promise.all([text(stdout), text(stderr)])
      const expected = [1, 2].map((number) =>
        Buffer.concat(
          frames.filter(([stream]) => stream === number).map(([, content]) => Buffer.from(content)),
        ).toString(),
      )
      // A reader of text drops the mark that may stand before it.
      expect(read).toEqual(expected.map((content) => content.replace(/^\uFEFF/, '')))
    }),
  )
})
