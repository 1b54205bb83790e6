import { BatchGetImageCommand, CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { smallImage, type TestEcr, testEcr } from './ecr.fixture.ts'

const consistency = { images: 2000, repositories: 3000 }

/** Puts an image whose layers the repository already has, as a push does. */
async function put({ client, images }: TestEcr, text: string, imageTag: string): Promise<string> {
  const image = await smallImage(text)
  const { blobs } = images.repositories.get('web') ?? {}
  for (const [digest, bytes] of image.blobs) blobs?.set(digest, bytes)
  const imageManifest = image.manifest.bytes.toString()
  const { mediaType: imageManifestMediaType } = image.manifest
  await client.send(
    new PutImageCommand({ repositoryName: 'web', imageManifest, imageManifestMediaType, imageTag }),
  )
  return image.manifest.digest
}

async function read({ client }: TestEcr, imageIds: { imageTag?: string; imageDigest?: string }[]) {
  const { images, failures } = await client.send(
    new BatchGetImageCommand({ repositoryName: 'web', imageIds }),
  )
  return [images?.map(({ imageId }) => imageId?.imageDigest), failures?.map(({ failureCode }) => failureCode)]
}

test('an image that was just put is not found for a while, by API and registry, and a moved tag names the one before', async () => {
  await using stand = await testEcr({ consistency })
  await stand.client.send(new CreateRepositoryCommand({ repositoryName: 'web' }))
  await stand.clock.advance(3)
  const first = await put(stand, 'one', 'v1')
  const status = async (reference: string, method = 'HEAD') =>
    (await stand.fetch(`/v2/web/manifests/${reference}`, { method })).status
  expect(await read(stand, [{ imageTag: 'v1' }, { imageDigest: first }])).toEqual([
    [],
    ['ImageNotFound', 'ImageNotFound'],
  ])
  expect([await status('v1'), await status(first, 'GET')]).toEqual([404, 404])
  await stand.clock.advance(2)
  expect(await read(stand, [{ imageTag: 'v1' }, { imageDigest: first }])).toEqual([[first, first], []])
  expect([await status('v1'), await status(first, 'GET')]).toEqual([200, 200])

  const second = await put(stand, 'two', 'v1')
  expect(await read(stand, [{ imageTag: 'v1' }, { imageDigest: second }])).toEqual([
    [first],
    ['ImageNotFound'],
  ])
  await stand.clock.advance(2)
  expect(await read(stand, [{ imageTag: 'v1' }, { imageDigest: second }])).toEqual([[second, second], []])
})

test('a new repository is known to the API at once and to the registry later', async () => {
  await using stand = await testEcr({ consistency })
  await stand.client.send(new CreateRepositoryCommand({ repositoryName: 'web' }))
  expect(await read(stand, [{ imageTag: 'v1' }])).toEqual([[], ['ImageNotFound']])
  const upload = () => stand.fetch('/v2/web/blobs/uploads/', { method: 'POST' })
  const refused = await upload()
  expect([refused.status, await refused.json()]).toMatchObject([404, { errors: [{ code: 'NAME_UNKNOWN' }] }])
  await stand.clock.advance(3)
  expect((await upload()).status).toBe(202)
})
