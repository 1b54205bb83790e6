import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type Header, pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { unpackLayers } from './unpack.ts'

async function tar(
  ...entries: (Pick<Header, 'name'> & Partial<Header> & { text?: string })[]
): Promise<Buffer> {
  const layer = pack()
  for (const { text = '', ...header } of entries) layer.entry(header, text)
  layer.finalize()
  return buffer(layer)
}

const emptyRoot = () => mkdtempDisposable(join(tmpdir(), 'unpack-'))

test('upper layers replace and erase what lower ones have', async () => {
  await using root = await emptyRoot()
  const lower = await tar(
    { name: 'a', text: 'old' },
    { name: 'b', text: 'b' },
    { name: 'd/x' },
    { name: 'd/y' },
  )
  const upper = await tar({ name: 'a', text: 'new' }, { name: '.wh.b' }, { name: 'd/.wh..wh..opq' })
  await unpackLayers([lower, upper, await tar({ name: 'd/z' })], root.path)
  expect(await readdir(root.path)).toEqual(['a', 'd'])
  expect(await readFile(join(root.path, 'a'), 'utf8')).toBe('new')
  expect(await readdir(join(root.path, 'd'))).toEqual(['z'])
})

test.each([
  ['an absolute symbolic link', { name: 'usr/link', type: 'symlink', linkname: '/etc/name' }],
  ['a relative symbolic link', { name: 'usr/link', type: 'symlink', linkname: '../etc/name' }],
  ['a hard link', { name: 'usr/link', type: 'link', linkname: 'etc/name' }],
] as const)('%s stays in the root', async (_, link) => {
  await using root = await emptyRoot()
  await unpackLayers([await tar({ name: 'etc/name', text: 'inside' }, link)], root.path)
  expect(await readFile(join(root.path, 'usr/link'), 'utf8')).toBe('inside')
})

test.each([
  ['a path', [{ name: '../evil' }]],
  ['a link', [{ name: 'up', type: 'symlink', linkname: '../../..' }]],
] as const)('%s that leaves the root is refused', async (_, entries) => {
  await using root = await emptyRoot()
  await expect(unpackLayers([await tar(...entries)], root.path)).rejects.toThrow("leaves the image's root")
})

test('a damaged layer fails instead of hanging', async () => {
  await using root = await emptyRoot()
  await expect(unpackLayers([Buffer.from([0x1f, 0x8b, 1, 2, 3])], root.path)).rejects.toThrow()
})
