import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { buildImage, buildIndex } from './build-image.ts'
import { digestOf } from './digest.ts'

const recipe = { files: { 'app/b.js': 'b', 'app/a.js': 'a' }, config: { Cmd: ['node', 'app/a.js'] } }

describe('buildImage', () => {
  test('gives the same digest for the same recipe, in whatever order the files are named', async () => {
    const reordered = { ...recipe, files: { 'app/a.js': 'a', '/app/b.js': Buffer.from('b') } }
    const [first, second] = [await buildImage(recipe), await buildImage(reordered)]
    expect(second.manifest.digest).toBe(first.manifest.digest)
  })

  test.each([
    ['a file', { ...recipe, files: { ...recipe.files, 'app/a.js': 'A' } }],
    ['the command', { ...recipe, config: { Cmd: ['node'] } }],
    ['the architecture', { ...recipe, architecture: 'arm64' }],
  ])('gives another digest when %s changes', async (_, changed) => {
    const [first, second] = [await buildImage(recipe), await buildImage(changed)]
    expect(second.manifest.digest).not.toBe(first.manifest.digest)
  })

  test('names every blob by the digest of its bytes, and the layer also by that of its tar', async () => {
    const image = await buildImage(recipe)
    const manifest = JSON.parse(image.manifest.bytes.toString())
    const layer = image.blobs.get(manifest.layers[0].digest)
    const config = JSON.parse(String(image.blobs.get(manifest.config.digest)))
    expect(digestOf(image.manifest.bytes)).toBe(image.manifest.digest)
    for (const [digest, bytes] of image.blobs) expect(digestOf(bytes)).toBe(digest)
    expect(manifest.layers[0].size).toBe(layer?.length)
    expect(config.rootfs.diff_ids).toEqual([digestOf(gunzipSync(layer ?? ''))])
    expect(config).toMatchObject({ architecture: 'amd64', os: 'linux', config: recipe.config })
  })
})

test('buildIndex points at the manifest of each platform', async () => {
  const arm = await buildImage({ ...recipe, architecture: 'arm64' })
  const index = buildIndex({ 'linux/amd64': await buildImage(recipe), 'linux/arm64': arm })
  const { manifests } = JSON.parse(index.manifest.bytes.toString())
  expect(manifests[1]).toEqual({
    mediaType: arm.manifest.mediaType,
    digest: arm.manifest.digest,
    size: arm.manifest.bytes.length,
    platform: { os: 'linux', architecture: 'arm64' },
  })
})
