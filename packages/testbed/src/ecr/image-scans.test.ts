import {
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  PutImageCommand,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { buildIndex } from '../images/build-image.ts'
import { smallImage, type TestEcr, testEcr } from './ecr.fixture.ts'
import type { ScanFinding, ScanResult } from './scans.ts'

const repositoryName = 'web'
const imageId = { imageTag: 'v1' }
const findings: ScanFinding[] = [
  { name: 'CVE-2026-1', severity: 'HIGH', attributes: { package_name: 'libc', package_version: '2.36' } },
  { name: 'CVE-2026-2', severity: 'LOW' },
  { name: 'CVE-2026-3', severity: 'HIGH' },
]
const start = (stand: TestEcr) => stand.client.send(new StartImageScanCommand({ repositoryName, imageId }))
const describeScan = (stand: TestEcr, page = {}) =>
  stand.client.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId, ...page }))

async function scanned(result: ScanResult): Promise<TestEcr & { digest: string }> {
  const stand = await testEcr()
  const { digest } = stand.images.push('web', 'v1', await smallImage())
  stand.ecr.scans.expect(result, digest)
  return { ...stand, digest }
}

test('a scan goes from nothing over IN_PROGRESS to COMPLETE, with findings in pages', async () => {
  await using stand = await scanned({ findings, seconds: 20 })
  await expect(describeScan(stand)).rejects.toMatchObject({
    name: 'ScanNotFoundException',
    message:
      "Image scan does not exist for the image with '{imageDigest:'null', imageTag:'v1'}' in the repository with name 'web' in the registry with id '111122223333'",
  })
  const started = await start(stand)
  expect(started).toMatchObject({
    imageId: { imageDigest: stand.digest },
    imageScanStatus: { status: 'IN_PROGRESS' },
  })
  await stand.clock.advance(19)
  const running = await describeScan(stand)
  expect(running.imageScanStatus?.status).toBe('IN_PROGRESS')
  expect(running.imageScanFindings).toBeUndefined()
  await stand.clock.advance(1)
  const done = await describeScan(stand, { maxResults: 2 })
  expect(done.imageScanStatus).toEqual({
    status: 'COMPLETE',
    description: 'The scan was completed successfully.',
  })
  expect(done.imageScanFindings?.findingSeverityCounts).toEqual({ HIGH: 2, LOW: 1 })
  expect(done.imageScanFindings?.imageScanCompletedAt).toEqual(new Date(stand.clock.now()))
  expect(done.imageScanFindings?.findings).toEqual([
    {
      name: 'CVE-2026-1',
      severity: 'HIGH',
      attributes: [
        { key: 'package_name', value: 'libc' },
        { key: 'package_version', value: '2.36' },
      ],
    },
    { name: 'CVE-2026-2', severity: 'LOW', attributes: [] },
  ])
  const rest = await describeScan(stand, { nextToken: done.nextToken })
  expect(rest.imageScanFindings?.findings?.map(({ name }) => name)).toEqual(['CVE-2026-3'])
})

test('an image is scanned once in 24 hours', async () => {
  await using stand = await scanned({})
  await start(stand)
  await stand.clock.advance(23 * 3600)
  await expect(start(stand)).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'The scan quota per image has been exceeded. Wait and try again.',
  })
  await stand.clock.advance(3600)
  expect((await start(stand)).imageScanStatus?.status).toBe('IN_PROGRESS')
})

test('a complete scan can lack its findings for some seconds', async () => {
  await using stand = await scanned({ findings, seconds: 5, emptySeconds: 3 })
  await start(stand)
  await stand.clock.advance(5)
  const early = await describeScan(stand)
  expect(early.imageScanStatus?.status).toBe('COMPLETE')
  expect(early.imageScanFindings).toMatchObject({ findings: [], findingSeverityCounts: {} })
  await stand.clock.advance(3)
  expect((await describeScan(stand)).imageScanFindings?.findings).toHaveLength(3)
})

test.each([
  [
    'FAILED',
    {
      status: 'FAILED',
      description: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
    },
  ],
  ['a status that no SDK knows', { status: 'QUEUED_FOR_LATER' }],
])('a scan can end as %s', async (_, result) => {
  await using stand = await scanned(result)
  await start(stand)
  await stand.clock.advance(10)
  const ended = await describeScan(stand)
  expect(ended.imageScanStatus).toEqual(result)
  expect(ended.imageScanFindings ?? undefined).toBeUndefined()
})

test('a scan on push shows up a moment later and counts as the one of the day', async () => {
  await using stand = await testEcr()
  const imageScanningConfiguration = { scanOnPush: true }
  await stand.client.send(new CreateRepositoryCommand({ repositoryName, imageScanningConfiguration }))
  const image = await smallImage()
  for (const [digest, bytes] of image.blobs) stand.images.repositories.get('web')?.blobs.set(digest, bytes)
  const imageManifest = image.manifest.bytes.toString()
  await stand.client.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v1' }))
  await expect(describeScan(stand)).rejects.toMatchObject({ name: 'ScanNotFoundException' })
  await stand.clock.advance(2)
  expect((await describeScan(stand)).imageScanStatus?.status).toBe('IN_PROGRESS')
  await expect(start(stand)).rejects.toMatchObject({ name: 'LimitExceededException' })
})

test('an index cannot be scanned', async () => {
  await using stand = await testEcr()
  stand.images.push('web', 'v1', buildIndex({ 'linux/amd64': await smallImage() }))
  await expect(start(stand)).rejects.toMatchObject({ name: 'UnsupportedImageTypeException' })
})
