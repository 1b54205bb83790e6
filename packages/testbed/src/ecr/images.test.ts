import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  type CreateRepositoryRequest,
  DescribeImagesCommand,
  type ImageTagMutability,
  ListImagesCommand,
  PutImageCommand,
} from '@aws-sdk/client-ecr'
import { describe, expect, test } from 'vitest'
import { buildIndex } from '../images/build-image.ts'
import type { OciImage } from '../images/oci-image.ts'
import { storeImage } from '../images/repositories.ts'
import { smallImage, type TestEcr, testEcr } from './ecr.fixture.ts'

const repositoryName = 'web'
const put = (image: OciImage, imageTag?: string) =>
  new PutImageCommand({ repositoryName, imageManifest: image.manifest.bytes.toString(), imageTag })

async function repository(stand: TestEcr, options: Partial<CreateRepositoryRequest> = {}): Promise<void> {
  await stand.client.send(new CreateRepositoryCommand({ repositoryName, ...options }))
}

test('a tag is added by PutImage of the exact bytes that BatchGetImage gave', async () => {
  await using stand = await testEcr()
  await repository(stand)
  const { digest } = stand.images.push('web', 'v1', await smallImage())
  const got = await stand.client.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }, { imageTag: 'v9' }, {}] }),
  )
  expect(got.failures).toMatchObject([
    { imageId: { imageTag: 'v9' }, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
    { failureCode: 'MissingDigestAndTag' },
  ])
  const { imageManifest, imageManifestMediaType, imageId } = got.images?.[0] ?? {}
  expect(imageId).toEqual({ imageDigest: digest, imageTag: 'v1' })
  const latest = { repositoryName, imageManifest, imageManifestMediaType, imageTag: 'latest' }
  const retagged = await stand.client.send(new PutImageCommand({ ...latest, imageDigest: digest }))
  expect(retagged.image?.imageId).toEqual({ imageDigest: digest, imageTag: 'latest' })
  expect((await stand.images.resolve(`${stand.ecr.host}/web:latest`)).digest).toBe(digest)
  await expect(stand.client.send(new PutImageCommand(latest))).rejects.toMatchObject({
    name: 'ImageAlreadyExistsException',
    message: `Image with digest '${digest}' and tag 'latest' already exists in the repository with name 'web' in registry with id '111122223333'`,
  })
})

describe('a tag that names another image', () => {
  test.each<[ImageTagMutability, string, boolean]>([
    ['MUTABLE', 'v1', true],
    ['IMMUTABLE', 'v1', false],
    ['IMMUTABLE_WITH_EXCLUSION', 'v1', false],
    ['IMMUTABLE_WITH_EXCLUSION', 'latest', true],
    ['IMMUTABLE_WITH_EXCLUSION', 'latest-2', false],
    ['IMMUTABLE_WITH_EXCLUSION', 'run.7', true],
    ['IMMUTABLE_WITH_EXCLUSION', 'run-7', false],
    ['MUTABLE_WITH_EXCLUSION', 'v1', true],
    ['MUTABLE_WITH_EXCLUSION', 'latest', false],
  ])('with %s, %s moves: %s', async (imageTagMutability, tag, moves) => {
    await using stand = await testEcr()
    const filters = ['latest', 'run.*'].map((filter) => ({ filterType: 'WILDCARD' as const, filter }))
    const excluding = imageTagMutability.endsWith('EXCLUSION')
    await repository(stand, {
      imageTagMutability,
      ...(excluding && { imageTagMutabilityExclusionFilters: filters }),
    })
    const [before, after] = [await smallImage('one'), await smallImage('two')]
    stand.images.push('web', tag, before)
    stand.images.push('web', 'other', after)
    const outcome = stand.client.send(put(after, tag)).then(
      () => 'moved',
      (error) => `${error.name}: ${error.message}`,
    )
    expect(await outcome).toBe(
      moves
        ? 'moved'
        : `ImageTagAlreadyExistsException: The image tag '${tag}' already exists in the 'web' repository and cannot be overwritten because the repository is immutable.`,
    )
    const named = stand.images.repositories.get('web')?.tags.get(tag)
    expect(named).toBe((moves ? after : before).manifest.digest)
  })
})

test.each<[string, (image: OciImage) => Partial<ConstructorParameters<typeof PutImageCommand>[0]>, string]>([
  [
    'another digest than claimed',
    () => ({ imageDigest: `sha256:${'0'.repeat(64)}` }),
    'ImageDigestDoesNotMatchException',
  ],
  ['missing layers', () => ({}), 'LayersNotFoundException'],
  ['a missing child', (image) => ({ imageManifest: indexOf(image) }), 'ReferencedImagesNotFoundException'],
  ['no JSON', () => ({ imageManifest: '{' }), 'InvalidParameterException'],
  ['no media type', () => ({ imageManifest: '{}' }), 'InvalidParameterException'],
  ['a tag with a slash', () => ({ imageTag: 'a/b' }), 'InvalidParameterException'],
])('PutImage refuses %s', async (_, change, name) => {
  await using stand = await testEcr()
  await repository(stand)
  const image = await smallImage()
  const request = { repositoryName, imageManifest: image.manifest.bytes.toString(), imageTag: 'v1' }
  const command = new PutImageCommand({ ...request, ...change(image) })
  await expect(stand.client.send(command)).rejects.toMatchObject({ name })
})

function indexOf(image: OciImage): string {
  return buildIndex({ 'linux/amd64': image }).manifest.bytes.toString()
}

test('images are described with size, tags and times, and listed by tag', async () => {
  await using stand = await testEcr()
  await repository(stand)
  const [one, two] = [await smallImage('one'), await smallImage('two')]
  for (const image of [one, two]) storeBlobs(stand, image)
  await stand.client.send(put(one, 'v1'))
  await stand.client.send(put(one, 'v2'))
  await stand.client.send(put(two))
  const { imageDetails } = await stand.client.send(new DescribeImagesCommand({ repositoryName }))
  const size = [...one.blobs.values()].reduce((sum, blob) => sum + blob.length, 0)
  expect(imageDetails?.[0]).toEqual({
    registryId: '111122223333',
    repositoryName,
    imageDigest: one.manifest.digest,
    imageTags: ['v1', 'v2'],
    imageSizeInBytes: size,
    imagePushedAt: new Date(stand.clock.now()),
    imageManifestMediaType: one.manifest.mediaType,
    artifactMediaType: 'application/vnd.oci.image.config.v1+json',
  })
  expect(imageDetails?.[1]).not.toHaveProperty('imageTags')
  const page = await stand.client.send(new ListImagesCommand({ repositoryName, maxResults: 2 }))
  expect(page.imageIds?.map(({ imageTag }) => imageTag)).toEqual(['v1', 'v2'])
  const rest = await stand.client.send(new ListImagesCommand({ repositoryName, nextToken: page.nextToken }))
  expect(rest.imageIds).toEqual([{ imageDigest: two.manifest.digest }])
  const untagged = await stand.client.send(
    new ListImagesCommand({ repositoryName, filter: { tagStatus: 'UNTAGGED' } }),
  )
  expect(untagged.imageIds).toEqual(rest.imageIds)
  const missing = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v9' }] })
  await expect(stand.client.send(missing)).rejects.toMatchObject({ name: 'ImageNotFoundException' })
})

function storeBlobs(stand: TestEcr, image: OciImage): void {
  const blobs = stand.images.repositories.get('web')?.blobs
  for (const [digest, bytes] of image.blobs) blobs?.set(digest, bytes)
}

test('the last tag takes the image along, and an index keeps its children', async () => {
  await using stand = await testEcr()
  await repository(stand)
  const child = await smallImage('child')
  const { digest } = stand.images.push('web', 'v1', await smallImage('one'))
  stand.images.retag('web', 'v1', 'v2')
  const remove = (imageId: { imageTag?: string; imageDigest?: string }) =>
    stand.client.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [imageId] }))
  expect((await remove({ imageTag: 'v1' })).imageIds).toEqual([{ imageDigest: digest, imageTag: 'v1' }])
  expect((await stand.images.resolve(`${stand.ecr.host}/web@${digest}`)).digest).toBe(digest)
  await remove({ imageTag: 'v2' })
  await expect(stand.images.resolve(`${stand.ecr.host}/web@${digest}`)).rejects.toThrow('not found')
  stand.images.push('web', 'multi', buildIndex({ 'linux/amd64': child }))
  const kept = await remove({ imageDigest: child.manifest.digest })
  expect(kept.failures).toMatchObject([{ failureCode: 'ImageReferencedByManifestList' }])
})

test('layers that are there are available', async () => {
  await using stand = await testEcr()
  await repository(stand)
  const image = await smallImage()
  const stored = stand.images.repositories.get('web')
  if (stored) storeImage(stored, image)
  const [digest = '', bytes = Buffer.of()] = [...image.blobs][0] ?? []
  const layerDigests = [digest, `sha256:${'0'.repeat(64)}`, 'md5:1']
  const command = new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests })
  const { layers, failures } = await stand.client.send(command)
  expect(layers).toMatchObject([
    { layerAvailability: 'AVAILABLE', layerSize: bytes.length },
    { layerAvailability: 'UNAVAILABLE' },
  ])
  expect(failures).toMatchObject([{ layerDigest: 'md5:1', failureCode: 'InvalidLayerDigest' }])
})
