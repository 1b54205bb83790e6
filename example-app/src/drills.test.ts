import { expect, test } from 'vitest'
import { startApp, startedApp } from './testing/app-process.ts'
import { serveApp } from './testing/served-app.ts'

test('DRILL_HEALTH=fail: users are served, the health check is not', async () => {
  await using app = await serveApp({ DRILL_HEALTH: 'fail' })
  const health = await app.get('/health')
  expect(health.status).toBe(503)
  expect(await health.json()).toMatchObject({ status: 'failing', reason: 'DRILL_HEALTH=fail' })
  expect((await app.get('/version')).status).toBe(200)
})

test('DRILL_CRASH=start: one clear error line, exit code 1', async () => {
  await using app = startApp({ DRILL_CRASH: 'start' })
  expect(await app.ended).toMatchObject({ code: 1, signal: null })
  expect(app.entries.filter((entry) => entry.level === 'error')).toMatchObject([
    { message: 'cannot start: DRILL_CRASH=start made the app crash' },
  ])
  expect(app.stderr()).toBe('')
})

test('DRILL_START_SECONDS: nothing listens before', async () => {
  const begun = performance.now()
  await using app = await startedApp({ DRILL_START_SECONDS: '1.5' })
  expect(performance.now() - begun).toBeGreaterThanOrEqual(1500)
  expect((await fetch(`${app.url}/health`)).status).toBe(200)
})

test('DRILL_START_SECONDS: SIGTERM ends the wait', async () => {
  await using app = startApp({ DRILL_START_SECONDS: '600' })
  await app.entry('failure drills are on')
  await app.entry('waiting before listening')
  app.signal('SIGTERM')
  expect(await app.ended).toMatchObject({ code: 0, signal: null })
  expect(app.entries.map((entry) => entry.message)).not.toContain('listening')
})

test('DRILL_LATENCY_MS: users wait, health checks do not', async () => {
  await using app = await serveApp({ DRILL_LATENCY_MS: '400' })
  const milliseconds = async (path: string) => {
    const begun = performance.now()
    await (await app.get(path)).text()
    return performance.now() - begun
  }
  expect(await milliseconds('/orders')).toBeGreaterThanOrEqual(390)
  expect(await milliseconds('/health')).toBeLessThan(390)
})

test('DRILL_ORDERS_ERROR_RATE: that share of the orders fails, nothing else does', async () => {
  const numbers = [0.0, 0.24, 0.25, 0.99]
  await using app = await serveApp({ DRILL_ORDERS_ERROR_RATE: '0.25' }, () => numbers.shift() ?? 0)
  const statuses: number[] = []
  for (let count = 0; count < 4; count++) statuses.push((await app.get('/orders')).status)
  expect(statuses).toEqual([500, 500, 200, 200])
  expect((await app.get('/version')).status).toBe(200)
})

test('a failing order answers without a stack; the log has it', async () => {
  await using app = await serveApp({ DRILL_ORDERS_ERROR_RATE: '1' })
  const response = await app.post('/orders', { item: 'tea', quantity: 1 })
  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ error: 'internal error' })
  expect(app.entries[0]).toMatchObject({
    level: 'error',
    message: 'request failed',
    path: '/orders',
    error: {
      message: expect.stringContaining('DRILL_ORDERS_ERROR_RATE'),
      stack: expect.stringContaining('drills.ts'),
    },
  })
})

test('a bad value ends the start with one line that names the variable', async () => {
  await using app = startApp({ DRILL_LATENCY_MS: 'slow', DRILL_HEALTH: 'maybe' })
  expect(await app.ended).toMatchObject({ code: 1 })
  expect(app.entries).toMatchObject([
    {
      level: 'error',
      message:
        'cannot start: DRILL_HEALTH: expected fail, got "maybe"; ' +
        'DRILL_LATENCY_MS: expected a number from 0 to 60000, got "slow"',
    },
  ])
})
