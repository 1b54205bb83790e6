import { expect, test } from 'vitest'
import { exposedPorts } from './exposed-ports.ts'
import {
  ecrHost,
  imageManifest,
  indexManifest,
  scriptedRegistry,
  storedImage,
} from './scripted-registry.fixture.ts'

const image = `${ecrHost}/web:v1`
const config = (ExposedPorts: object) => JSON.stringify({ os: 'linux', config: { ExposedPorts } })

test.each<[string, object, number[]]>([
  ['TCP, with and without its name', { '8080/tcp': {}, 9090: {} }, [9090, 8080]],
  ['not UDP', { '53/udp': {}, '8080/tcp': {} }, [8080]],
  ['none', {}, []],
])('%s', async (_, ports, expected) => {
  const calls = scriptedRegistry({
    image: async () => storedImage(imageManifest),
    blob: async () => config(ports),
  })
  expect(await exposedPorts(image, 'linux/amd64', calls)).toEqual(expected)
})

test('of an index the image for the platform is asked', async () => {
  const asked: unknown[] = []
  const calls = scriptedRegistry({
    async image(_, id) {
      asked.push(id)
      return storedImage(
        'digest' in id ? imageManifest : indexManifest('linux/amd64 sha256:1', 'linux/arm64/v8 sha256:2'),
      )
    },
    blob: async () => config({ '8080/tcp': {} }),
  })
  expect(await exposedPorts(image, 'linux/arm64', calls)).toEqual([8080])
  expect(asked).toEqual([{ tag: 'v1' }, { digest: 'sha256:2' }])
})

test.each([
  ['docker.io/library/nginx:1', 'no-image'],
  [image, 'no-image'],
] as const)('%s: nothing is known', async (name, answer) => {
  const calls = scriptedRegistry({ image: async () => answer })
  expect(await exposedPorts(name, undefined, calls)).toEqual([])
})
