import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { ECRClient } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { scriptedEndpoint } from '../scripted-endpoint.fixture.ts'
import { downloadBlob } from './layers.ts'

type Step = number | 'reset'
const digest = `sha256:${'0a'.repeat(32)}`
const quick = { now: () => Date.now(), sleep: async () => {} }

/** A layer storage that answers as it is told, one step a request, and after the last one with the text. */
async function storage(steps: readonly Step[]): Promise<AsyncDisposable & { url: string; asked(): number }> {
  let asked = 0
  const answer: RequestListener = (request, response) => {
    const step = steps[asked++] ?? 200
    if (step === 'reset') request.socket.resetAndDestroy()
    else response.writeHead(step).end('{"os":"linux"}')
  }
  const server = createServer(answer).listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The storage has no port')
  return {
    url: `http://localhost:${address.port}/blob?X-Amz-Signature=secret`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function read(steps: readonly Step[]) {
  await using layers = await storage(steps)
  await using endpoint = await scriptedEndpoint(() => ({ body: { downloadUrl: layers.url } }))
  using client = disposable(new ECRClient(endpoint.config))
  const read = await downloadBlob(client.ecr, { name: 'web' }, digest, quick).catch((error) => error)
  return { read, asked: layers.asked(), calls: endpoint.received.length }
}

function disposable(ecr: ECRClient): Disposable & { ecr: ECRClient } {
  return { ecr, [Symbol.dispose]: () => ecr.destroy() }
}

test.each<[string, Step[]]>([
  ['503', [503, 503]],
  ['a reset', ['reset', 'reset']],
  ['429', [429]],
])('a download that passes is tried again: %s', async (_, steps) => {
  const { read: text, asked, calls } = await read(steps)
  expect(text).toBe('{"os":"linux"}')
  expect({ asked, calls }).toEqual({ asked: steps.length + 1, calls: 1 })
})

test.each<[string, Step[], number, RegExp]>([
  ['503 for good', [503, 503, 503, 503], 3, /: HTTP status 503$/],
  ['resets for good', ['reset', 'reset', 'reset', 'reset'], 3, /: no answer$/],
  ['403', [403], 1, /: HTTP status 403$/],
])('it ends with an error that shows no URL: %s', async (_, steps, asked, message) => {
  const ended = await read(steps)
  expect(ended.asked).toBe(asked)
  expect(ended.read).toMatchObject({ code: 'network', message: expect.stringMatching(message) })
  expect(ended.read.message).toMatch(/^Could not read sha256:\w+ of web from localhost:\d+: /)
  expect(String(ended.read) + ended.read.hint).not.toContain('Signature')
})
