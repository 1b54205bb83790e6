import { Agent, get, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { startApp, startedApp } from './testing/app-process.ts'

/** One request that keeps its connection, as a load balancer does; fetch hides the Connection header. */
function ask(
  agent: Agent,
  url: string,
): Promise<{ status: number | undefined; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      response.resume()
      response.once('end', () =>
        resolve({ status: response.statusCode, connection: response.headers.connection }),
      )
    }
    get(url, { agent }, answered).once('error', reject)
  })
}

test('SIGTERM: serves on, finishes what runs, closes the port, exits 0', async () => {
  await using app = await startedApp({ DRILL_LATENCY_MS: '2500', SHUTDOWN_DELAY_SECONDS: '1' })
  const agent = new Agent({ keepAlive: true })
  expect(await ask(agent, `${app.url}/health`)).toEqual({ status: 200, connection: 'keep-alive' })

  const running = ask(agent, `${app.url}/version`)
  await ask(agent, `${app.url}/health`)
  app.signal('SIGTERM')
  await app.entry('stopping')
  expect(await (await fetch(`${app.url}/health`)).json()).toMatchObject({ status: 'draining' })
  expect(await ask(new Agent(), `${app.url}/health`)).toEqual({ status: 200, connection: 'close' })

  await app.entry('port closed, waiting for running requests')
  await expect(ask(new Agent(), `${app.url}/health`)).rejects.toThrow('ECONNREFUSED')
  expect(await running).toEqual({ status: 200, connection: 'close' })
  const { code, signal } = await app.ended
  expect({ code, signal }).toEqual({ code: 0, signal: null })
  expect(app.entries.map((entry) => entry.level)).not.toContain('error')
  expect(app.entries.at(-1)?.message).toBe('stopped')
})

test('idle connections do not hold the app back', async () => {
  await using app = await startedApp({ SHUTDOWN_DELAY_SECONDS: '0' })
  await ask(new Agent({ keepAlive: true }), `${app.url}/health`)
  const begun = performance.now()
  app.signal('SIGTERM')
  expect(await app.ended).toMatchObject({ code: 0 })
  expect(performance.now() - begun).toBeLessThan(5000)
})

test('a request that outlasts the time-out is cut off before ECS would kill the app', async () => {
  await using app = await startedApp({
    DRILL_LATENCY_MS: '60000',
    SHUTDOWN_DELAY_SECONDS: '0',
    SHUTDOWN_TIMEOUT_SECONDS: '1',
  })
  const agent = new Agent({ keepAlive: true })
  const running = ask(agent, `${app.url}/version`)
  const outcome = expect(running).rejects.toThrow('socket hang up')
  await ask(agent, `${app.url}/health`)
  app.signal('SIGTERM')
  expect(await app.ended).toMatchObject({ code: 0, signal: null })
  await outcome
  expect(await app.entry('cutting off the requests that are still running')).toMatchObject({ level: 'warn' })
  expect(app.entries).toContainEqual(expect.objectContaining({ path: '/version', aborted: true }))
})

test('a second SIGTERM changes nothing, a second SIGINT ends at once', async () => {
  await using app = await startedApp({ SHUTDOWN_DELAY_SECONDS: '20' })
  app.signal('SIGTERM')
  await app.entry('stopping')
  app.signal('SIGTERM')
  expect((await fetch(`${app.url}/health`)).status).toBe(200)
  app.signal('SIGINT')
  expect(await app.ended).toMatchObject({ code: 130 })
  expect(app.entries.filter((entry) => entry.message === 'stopping')).toHaveLength(1)
})

test('a port in use is one clear error line', async () => {
  await using first = await startedApp({})
  await using second = startApp({ PORT: new URL(first.url).port })
  expect(await second.ended).toMatchObject({ code: 1 })
  expect(second.entries).toMatchObject([
    {
      level: 'error',
      message: expect.stringMatching(/^cannot start: listen EADDRINUSE: address already in use/),
    },
  ])
})
