import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withoutContainerdStore, withoutDocker } from './has-docker.ts'

/** An engine that tells of itself what `GET /info` says of the store; on a socket of its own. */
async function engine(DriverStatus: string[][], Os = 'linux') {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  const answers: Readonly<Record<string, object>> = { '/version': { Os }, '/info': { DriverStatus } }
  const server = createServer(({ url = '' }, response) => response.end(JSON.stringify(answers[url] ?? {})))
  server.listen(join(folder, 'docker.sock'))
  await once(server, 'listening')
  return {
    environment: { DOCKER_HOST: `unix://${join(folder, 'docker.sock')}` },
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true })
    },
  }
}

// As Docker 28 answers with either store.
const classic = [
  ['Backing Filesystem', 'extfs'],
  ['Native Overlay Diff', 'true'],
]
const containerd = [['driver-type', 'io.containerd.snapshotter.v1']]

test.each([
  ['the classic store', classic, /^the engine keeps its images in the classic store: set "features"/],
  ['a store that it does not tell', [], /classic store/],
  ['the containerd store', containerd, /^undefined$/],
])('an engine with %s', async (_, status, why) => {
  await using here = await engine(status)
  expect(await withoutDocker(here.environment)).toBeUndefined()
  expect(String(await withoutContainerdStore(here.environment))).toMatch(why)
})

test('an engine that cannot run the tasks at all says that first', async () => {
  await using here = await engine(containerd, 'windows')
  expect(await withoutContainerdStore(here.environment)).toBe('the engine runs windows containers')
  const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }
  expect(await withoutContainerdStore(nowhere)).toMatch(/^no container engine at \/nowhere\/docker.sock: /)
})
