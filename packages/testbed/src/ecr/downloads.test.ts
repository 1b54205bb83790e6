import { DescribePullThroughCacheRulesCommand, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { readDocument } from '../images/manifest-document.ts'
import { smallImage, testEcr } from './ecr.fixture.ts'

test('GetDownloadUrlForLayer leads to the bytes of a layer or a configuration, for anybody', async () => {
  await using ecr = await testEcr()
  const image = await smallImage()
  ecr.images.push('web', 'v1', image)
  const { config, layers = [] } = readDocument(image.manifest.bytes) ?? {}
  expect(layers).toHaveLength(1)
  for (const layerDigest of [config, ...layers].flatMap((part) => part?.digest ?? [])) {
    const command = new GetDownloadUrlForLayerCommand({ repositoryName: 'web', layerDigest })
    const { downloadUrl = '', ...answer } = await ecr.client.send(command)
    expect(answer.layerDigest).toBe(layerDigest)
    const download = await fetch(downloadUrl)
    expect(Buffer.from(await download.arrayBuffer())).toEqual(image.blobs.get(layerDigest))
  }
})

test('what the repository does not have has no URL', async () => {
  await using ecr = await testEcr()
  ecr.images.push('web', 'v1', await smallImage())
  const layerDigest = `sha256:${'0'.repeat(64)}`
  const command = new GetDownloadUrlForLayerCommand({ repositoryName: 'web', layerDigest })
  await expect(ecr.client.send(command)).rejects.toThrow(/does not exist in the repository with name 'web'/)
})

test('the registry caches no other one', async () => {
  await using ecr = await testEcr()
  const { pullThroughCacheRules } = await ecr.client.send(new DescribePullThroughCacheRulesCommand({}))
  expect(pullThroughCacheRules).toEqual([])
})
