import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import { denied, goodDigest } from '../test-data.fixture.ts'
import type { EcrImages, Lookup } from './ecr-images.ts'
import { preflight } from './preflight.ts'

const found: Lookup = { kind: 'found', place: { name: 'web' }, digest: goodDigest, manifest: undefined }
const definition = {
  requiresCompatibilities: ['FARGATE'],
  containerDefinitions: [{ name: 'app', image: 'registry.test/web:v1' }],
}

function looking(
  lookup: Lookup | Error,
  platforms: string[] | Error = [],
): Pick<EcrImages, 'find' | 'platforms'> {
  return {
    find: async () => {
      if (lookup instanceof Error) throw lookup
      return lookup
    },
    platforms: async () => {
      if (platforms instanceof Error) throw platforms
      return platforms
    },
  }
}

test.each<[string, string[]]>([
  ['one platform', ['linux/amd64']],
  ['several', ['linux/arm64', 'linux/amd64']],
  ['none that is told', []],
])('an image that exists and is for %s passes, and its digest is known', async (_, platforms) => {
  const known = await preflight(definition, looking(found, platforms))
  expect(known).toEqual({
    findings: [],
    digests: new Map([['app', goodDigest]]),
    elsewhere: [],
    unchecked: [],
    unasked: new Map(),
  })
})

test('an image for other platforms only is found out', async () => {
  const { findings } = await preflight(definition, looking(found, ['linux/arm64', 'linux/arm/v7']))
  expect(findings).toMatchObject([
    {
      code: 'wrong-architecture',
      cause:
        'the image registry.test/web:v1 of container app is for linux/arm64 and linux/arm/v7, and the task runs on linux/amd64',
      remedy: expect.stringContaining('runtimePlatform'),
    },
  ])
})

test('where the container instance decides, no platform is asked for', async () => {
  const { findings, unchecked } = await preflight(
    { containerDefinitions: definition.containerDefinitions },
    looking(found, new Error('asked')),
  )
  expect([findings, unchecked]).toEqual([[], []])
})

test.each([
  [false, /deleted it\.$/],
  [true, /allow ecr:DescribePullThroughCacheRules/],
])('a missing image is found out (maybe cached: %s)', async (maybeCached, remedy) => {
  const { findings } = await preflight(definition, looking({ kind: 'missing', why: 'no tag', maybeCached }))
  expect(findings).toMatchObject([
    {
      code: 'image-missing',
      cause: expect.stringMatching(/web:v1 of container app does not exist: no tag$/),
    },
  ])
  expect(findings[0]?.remedy).toMatch(remedy)
})

test('what cannot be looked at is told and stops nothing', async () => {
  const image = await preflight(definition, looking(denied))
  expect(image).toMatchObject({
    findings: [],
    unchecked: [{ what: 'the image of container app', error: denied }],
  })
  const platform = await preflight(definition, looking(found, denied))
  expect(platform.digests.get('app')).toBe(goodDigest)
  expect(platform.unchecked).toMatchObject([{ what: 'the CPU architecture of container app', error: denied }])
  const elsewhere = await preflight(definition, looking({ kind: 'elsewhere', why: 'not there' }))
  expect(elsewhere.elsewhere).toEqual(['registry.test/web:v1 of container app: not there'])
})

test.each([new ActionError('credentials', 'expired'), new Error('a defect')])(
  'credentials that are not accepted, and defects, end the run (%s)',
  async (error) => {
    await expect(preflight(definition, looking(error))).rejects.toBe(error)
  },
)
