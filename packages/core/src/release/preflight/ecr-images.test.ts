import { expect, test } from 'vitest'
import type { StoredImage } from '../../aws/ecr/images.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { denied, goodDigest, otherDigest } from '../test-data.fixture.ts'
import { ecrImages } from './ecr-images.ts'
import type { RegistryCalls } from './registry-calls.ts'
import {
  ecrHost,
  imageManifest,
  indexManifest,
  scriptedRegistry,
  storedImage,
} from './scripted-registry.fixture.ts'

const clock = steppingClock(0)
const images = (answers: Partial<RegistryCalls>) => ecrImages({ calls: scriptedRegistry(answers), clock })
const web = {
  name: 'web',
  registryId: '111122223333',
  arn: '',
  mutability: 'MUTABLE',
  exclusions: [],
  scanOnPush: false,
}

test('a tag in a registry of Amazon ECR leads to its digest', async () => {
  const { find } = images({
    async image(place, id) {
      expect([place, id]).toEqual([
        { name: 'web', registryId: '111122223333', region: 'us-east-1' },
        { tag: 'v1' },
      ])
      return storedImage(imageManifest)
    },
  })
  expect(await find(`${ecrHost}/web:v1`)).toMatchObject({ kind: 'found', digest: goodDigest })
})

test('a host of any form is the registry when the URI of the repository says so', async () => {
  const answers = {
    repository: async (name: string) => ({ ...web, uri: `registry.test:5000/${name}` }),
    image: async () => storedImage(imageManifest),
  }
  expect(await images(answers).find('registry.test:5000/web:v1')).toMatchObject({ kind: 'found' })
  expect(await images(answers).find('registry.test:5001/web:v1')).toMatchObject({ kind: 'elsewhere' })
})

test.each<[string, Partial<RegistryCalls>]>([
  ['nginx:1', {}],
  ['public.ecr.aws/nginx/nginx:1', {}],
  ['@', {}],
  ['ghcr.io/team/web:v1', { repository: async () => undefined }],
  ['ghcr.io/team/web:v1', { repository: () => Promise.reject(denied) }],
])('%s is elsewhere', async (image, answers) => {
  expect(await images(answers).find(image)).toMatchObject({ kind: 'elsewhere' })
  expect(await images(answers).children(image, goodDigest)).toMatchObject({ kind: 'unknown' })
})

test.each<['no-image' | 'no-repository', string, string]>([
  ['no-image', 'web:v9', 'the repository web has no tag v9'],
  ['no-image', `web@${goodDigest}`, `the repository web has no image ${goodDigest}`],
  ['no-repository', 'web:v9', 'there is no repository web in the registry 111122223333 (us-east-1)'],
])('%s is missing: %s', async (answer, image, why) => {
  const missing = { image: async () => answer, pullThroughPrefixes: async () => ['docker-hub', 'we'] }
  expect(await images(missing).find(`${ecrHost}/${image}`)).toEqual({
    kind: 'missing',
    why,
    maybeCached: false,
  })
  const unknown = { ...missing, pullThroughPrefixes: () => Promise.reject(denied) }
  expect(await images(unknown).find(`${ecrHost}/${image}`)).toMatchObject({
    kind: 'missing',
    maybeCached: true,
  })
})

test('an image that a registry brings on its first pull is not missing', async () => {
  const missing = { image: async () => 'no-repository' as const, pullThroughPrefixes: async () => ['hub'] }
  expect(await images(missing).find(`${ecrHost}/hub/library/nginx:1`)).toMatchObject({ kind: 'elsewhere' })
})

test('an image that was just pushed is looked for again', async () => {
  let asked = 0
  const image = async () => (asked++ === 0 ? 'no-image' : storedImage(imageManifest))
  expect(await images({ image }).find(`${ecrHost}/web:v1`)).toMatchObject({ kind: 'found' })
})

test.each([
  ['an index', indexManifest(`linux/arm64/v8 ${otherDigest}`), ['linux/arm64/v8']],
  ['an image', imageManifest, ['linux/amd64']],
  ['something else', { schemaVersion: 1 }, []],
])('the platforms of %s', async (_, manifest, platforms) => {
  const { find, platforms: platformsOf } = images({
    image: async () => storedImage(manifest),
    blob: async () => JSON.stringify({ os: 'linux', architecture: 'amd64', config: {} }),
  })
  const found = await find(`${ecrHost}/web:v1`)
  expect(found.kind === 'found' && (await platformsOf(found))).toEqual(platforms)
})

test.each([
  ['those of an index, without attestations', indexManifest(`linux/amd64 ${otherDigest}`), [otherDigest]],
  ['none of an image', imageManifest, []],
])('children: %s', async (_, manifest, digests) => {
  const { children } = images({ image: async () => storedImage(manifest) })
  expect(await children(`${ecrHost}/web:v1`, goodDigest)).toEqual({ kind: 'listed', digests })
})

test.each<[string, StoredImage | 'no-image' | 'no-repository', string]>([
  ['that is gone', 'no-image', `the repository web has no image ${goodDigest}`],
  ['of a repository that is gone', 'no-repository', 'there is no repository web'],
  ['of a form of tomorrow', storedImage({}), 'has a form that is not known'],
])('children of an index %s are not known', async (_, answer, why) => {
  const { children } = images({ image: async () => answer })
  const listed = await children(`${ecrHost}/web:v1`, goodDigest)
  expect(listed).toMatchObject({ kind: 'unknown', why: expect.stringContaining(why) })
})
