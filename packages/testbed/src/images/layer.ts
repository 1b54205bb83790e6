import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'

const epoch = new Date(0)
const gzipOperatingSystem = 9
const unknownOperatingSystem = 255

/** A layer (tar, gzip) with those files and their parent directories, in a fixed order and without times or owners. */
export async function packLayer(files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const tar = pack()
  const paths = Object.keys(files).map((path) => [path.replace(/^\/+/, ''), path] as const)
  const directories = new Set(paths.flatMap(([name]) => parentsOf(name)))
  const names = new Map(paths)
  for (const name of [...directories, ...names.keys()].sort()) {
    const content = files[names.get(name) ?? '']
    if (content === undefined) tar.entry({ name, type: 'directory', mode: 0o755, mtime: epoch })
    else tar.entry({ name, mode: modeOf(content), mtime: epoch }, Buffer.from(content))
  }
  tar.finalize()
  const layer = gzipSync(await buffer(tar))
  // zlib writes the machine's system into the header, which would make the digest differ between machines.
  layer[gzipOperatingSystem] = unknownOperatingSystem
  return layer
}

function parentsOf(name: string): string[] {
  const parts = name.split('/').slice(0, -1)
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)
}

// A recipe has no file modes; what has an interpreter line is meant to be run.
function modeOf(content: Buffer | string): number {
  return content.slice(0, 2).toString() === '#!' ? 0o755 : 0o644
}
