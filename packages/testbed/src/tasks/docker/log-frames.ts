import { PassThrough, type Readable } from 'node:stream'

const headerLength = 8

/**
 * Takes apart what the engine sends for a container without a terminal: frames with the stream's number in the first
 * byte and the length in the last four of eight (Docker Engine API reference, "Stream format").
 */
export function outputStreams(source: Readable): { stdout: Readable; stderr: Readable } {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() }
  let pending = Buffer.alloc(0)
  source.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= headerLength) {
      const end = headerLength + pending.readUInt32BE(4)
      if (pending.length < end) return
      const stream = pending[0] === 2 ? streams.stderr : streams.stdout
      stream.write(pending.subarray(headerLength, end))
      pending = pending.subarray(end)
    }
  })
  const end = () => {
    streams.stdout.end()
    streams.stderr.end()
  }
  // An engine that goes away in the middle ends the output, as it ends the container's connection.
  source.once('close', end).once('error', end)
  return streams
}
