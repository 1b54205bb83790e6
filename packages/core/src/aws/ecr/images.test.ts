import { ECRClient } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { scriptedEndpoint } from '../scripted-endpoint.fixture.ts'
import { batchGetImage } from './images.ts'

const look = async (failures: object[]) => {
  await using endpoint = await scriptedEndpoint(() => ({ body: { images: [], failures } }))
  return await batchGetImage(new ECRClient(endpoint.config), { name: 'web' }, [{ tag: 'v1' }])
}

test('images that are not there are left out', async () => {
  expect(await look([{ failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }])).toEqual(
    [],
  )
})

test.each([
  [
    'KmsError',
    'The key is disabled',
    'KmsError: The key is disabled',
    /KMS key of the repository is enabled/,
  ],
  ['UpstreamAccessDenied', undefined, 'UpstreamAccessDenied', /pull through cache rule/],
  ['UpstreamTooManyRequests', undefined, 'UpstreamTooManyRequests', /limits its requests/],
  ['SomethingNew', 'odd', 'SomethingNew: odd', /Run the step again/],
])('%s is told with a remedy', async (failureCode, failureReason, said, hint) => {
  await expect(look([{ failureCode, failureReason }])).rejects.toMatchObject({
    code: 'rejected',
    message: `Could not read images of web (${said})`,
    hint: expect.stringMatching(hint),
  })
})
