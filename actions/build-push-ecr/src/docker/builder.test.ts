import { expect, test } from 'vitest'
import { isFull, parseBuilder } from './builder.ts'

const engine = (labels: string) => `Name:   default
Driver: docker

Nodes:
Name:             default
Endpoint:         default
Status:           running
BuildKit version: v0.25.1
Platforms:        linux/amd64, linux/arm64
Labels:
${labels}`

test.each([
  [
    'the engine with containerd',
    engine(' org.mobyproject.buildkit.worker.containerd.namespace: moby\n'),
    'docker',
    true,
  ],
  [
    'the engine with its classic store',
    engine(' org.mobyproject.buildkit.worker.moby.host-gateway-ip: 172.17.0.1\n'),
    'docker',
    false,
  ],
  [
    'a container',
    'Name:          builder-1\nDriver:        docker-container\n\nNodes:\nName: builder-10\nStatus: inactive\n',
    'docker-container',
    true,
  ],
])('%s', (_, text, driver, full) => {
  const builder = parseBuilder(text)
  expect(builder.driver).toBe(driver)
  expect(isFull(builder)).toBe(full)
})

test('the name is that of the builder and not of its node', () => {
  expect(parseBuilder(engine(''))).toMatchObject({
    name: 'default',
    version: 'v0.25.1',
    platform: 'linux/amd64',
  })
})
