import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { imagesByContainer, pinnedDigest, withImages } from './images.ts'

const digest = `sha256:${'a'.repeat(64)}`
const one: JsonObject = { containerDefinitions: [{ name: 'app', image: 'old' }] }
const two: JsonObject = {
  family: 'web',
  containerDefinitions: [
    { name: 'app', image: 'old', futureField: { x: 1 } },
    { name: 'proxy', image: 'envoy:1' },
  ],
}

test.each([
  [`repo@${digest}`, digest],
  [`repo:v1@${digest}`, digest],
  ['repo:v1', undefined],
  [`repo@${digest}0`, undefined],
  [digest, undefined],
])('the digest that %s pins', (image, expected) => {
  expect(pinnedDigest(image)).toBe(expected)
})

test('a bare image goes to the only container', () => {
  expect(imagesByContainer(one, [{ container: undefined, image: 'new' }])).toEqual(new Map([['app', 'new']]))
})

test.each<
  [string, JsonObject, { container: string | undefined; image: string }[], string, string | undefined]
>([
  [
    'an unknown container',
    two,
    [{ container: 'web', image: 'x' }],
    'images: there is no container "web" in the task definition',
    'Its containers are: app, proxy.',
  ],
  [
    'a bare image with two containers',
    two,
    [{ container: undefined, image: 'x' }],
    'images: "x" does not say for which container it is',
    'Write container=image; the containers are: app, proxy.',
  ],
  [
    'a container twice',
    two,
    [
      { container: 'app', image: 'x' },
      { container: 'app', image: 'y' },
    ],
    'images: container "app" is given two images',
    undefined,
  ],
])('%s is refused', (_, definition, edits, message, hint) => {
  expect(() => imagesByContainer(definition, edits)).toThrow(expect.objectContaining({ message, hint }))
})

test('several containers get different images, and nothing else changes', () => {
  const edited = withImages(
    two,
    new Map([
      ['app', 'a:2'],
      ['proxy', 'p:2'],
    ]),
  )
  expect(edited).toEqual({
    family: 'web',
    containerDefinitions: [
      { name: 'app', image: 'a:2', futureField: { x: 1 } },
      { name: 'proxy', image: 'p:2' },
    ],
  })
})

test('a container that is not named keeps its image', () => {
  expect(withImages(two, new Map([['app', 'a:2']])).containerDefinitions).toEqual([
    { name: 'app', image: 'a:2', futureField: { x: 1 } },
    { name: 'proxy', image: 'envoy:1' },
  ])
  expect(withImages(two, new Map())).toBe(two)
})
