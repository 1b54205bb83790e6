import { chmod, link, lstat, mkdir, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, normalize, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { extract, type Header } from 'tar-stream'

const whiteout = '.wh.'

/** Lays the layers, the lowest first, over each other in `root` (OCI image spec, "Image Layer Filesystem Changeset"). */
export async function unpackLayers(layers: readonly Buffer[], root: string): Promise<void> {
  for (const layer of layers) {
    const tar = extract()
    const compressed = layer[0] === 0x1f && layer[1] === 0x8b
    const source = Readable.from([layer])
    const content = compressed
      ? source.pipe(createGunzip().on('error', (error) => tar.destroy(error)))
      : source
    content.pipe(tar)
    for await (const entry of tar) await unpackEntry(entry.header, await buffer(entry), root)
  }
}

async function unpackEntry(header: Header, content: Buffer, root: string): Promise<void> {
  const path = inside(root, header.name)
  await mkdir(dirname(path), { recursive: true })
  // A link of a lower layer must not lead the write out of the root.
  if (!contains(await realpath(root), await realpath(dirname(path)))) throw leaves(header.name)
  if (basename(path).startsWith(whiteout)) return await erase(path)
  await write(header, content, path, root)
}

async function erase(path: string): Promise<void> {
  const hidden = basename(path).slice(whiteout.length)
  const directory = dirname(path)
  const names = hidden === '.wh..opq' ? await readdir(directory) : [hidden]
  for (const name of names) await rm(join(directory, name), { recursive: true, force: true })
}

async function write(header: Header, content: Buffer, path: string, root: string): Promise<void> {
  const { name, type, mode, linkname } = header
  if (type === 'directory') return void (await mkdir(path, { recursive: true }))
  const stat = await lstat(path).catch(() => undefined)
  if (stat) await rm(path, { recursive: true })
  if (type === 'symlink') return await symlink(linkTarget(linkname, path, root), path)
  if (type === 'link') return await link(inside(root, linkname), path)
  if (type !== 'file')
    throw new Error(`The layer's entry ${name} is a ${type}, which a process cannot be given`)
  await writeFile(path, content)
  await chmod(path, mode & 0o777)
}

// Inside a container `/` is the image's root; a process of the machine needs the link to say so.
function linkTarget(target: string, path: string, root: string): string {
  if (target.startsWith('/')) return relative(dirname(path), inside(root, target))
  return relative(dirname(path), inside(root, relative(root, join(dirname(path), target))))
}

function inside(root: string, name: string): string {
  const path = join(root, normalize(name))
  if (!contains(root, path)) throw leaves(name)
  return path.endsWith(sep) ? path.slice(0, -1) : path
}

function contains(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}${sep}`)
}

function leaves(name: string): Error {
  return new Error(`The layer's entry ${name} leaves the image's root`)
}
