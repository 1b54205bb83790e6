import { expect, test } from 'vitest'
import { serveApp } from './testing/served-app.ts'

test('the routes tell which build answers', async () => {
  await using app = await serveApp({ APP_VERSION: 'v7', APP_COMMIT: 'c0ffee' })

  const version = await (await app.get('/version')).json()
  expect(version).toEqual({ version: 'v7', commit: 'c0ffee', started: expect.stringMatching(/^\d{4}-.*Z$/) })
  expect(await (await app.get('/')).json()).toMatchObject({ service: 'example-app', version: 'v7' })
  const health = await app.get('/health')
  expect(health.status).toBe(200)
  expect(await health.json()).toEqual({ status: 'ok', version: 'v7', uptimeSeconds: expect.any(Number) })
})

test.each([
  ['no name', '/api/hello', 200, { message: 'Hello, world!' }],
  ['a name', '/api/hello?name=Ada%20L', 200, { message: 'Hello, Ada L!' }],
  ['markup stays text', '/api/hello?name=%3Cb%3E', 200, { message: 'Hello, <b>!' }],
  [
    'an empty name',
    '/api/hello?name=',
    400,
    { error: 'invalid request', problems: [expect.stringMatching(/^name: /)] },
  ],
  [
    'two names',
    '/api/hello?name=a&name=b',
    400,
    { error: 'invalid request', problems: [expect.any(String)] },
  ],
  [
    'a long name',
    `/api/hello?name=${'x'.repeat(101)}`,
    400,
    { error: 'invalid request', problems: [expect.any(String)] },
  ],
])('/api/hello with %s', async (_row, path, status, body) => {
  await using app = await serveApp()
  const response = await app.get(path)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual(body)
})

test('answers carry security headers and do not say what serves them', async () => {
  await using app = await serveApp()
  for (const path of ['/', '/health', '/metrics', '/nowhere']) {
    const { headers } = await app.get(path)
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    expect(headers.get('cache-control')).toBe('no-store')
  }
})

test('an unknown route is a 404 in JSON', async () => {
  await using app = await serveApp()
  const response = await app.get('/nowhere?token=1')
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ error: 'no route for GET /nowhere' })
})

test('a path that cannot be decoded is answered in JSON as well', async () => {
  await using app = await serveApp()
  const response = await app.get('/%E0%A4%A')
  expect([response.status, response.headers.get('content-type')]).toEqual([
    404,
    'application/json; charset=utf-8',
  ])
})

test('each request is one log line without its query, health checks are none', async () => {
  await using app = await serveApp()
  await (await app.get('/health')).text()
  await (await app.get('/api/hello?name=secret', { headers: { 'x-amzn-trace-id': 'Root=1-2-3' } })).text()

  await expect.poll(() => app.entries).toHaveLength(1)
  expect(app.entries[0]).toMatchObject({
    level: 'info',
    message: 'request',
    method: 'GET',
    path: '/api/hello',
    status: 200,
    milliseconds: expect.any(Number),
    trace: 'Root=1-2-3',
  })
  expect(JSON.stringify(app.entries)).not.toContain('secret')
})
