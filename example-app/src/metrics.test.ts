import { expect, test } from 'vitest'
import { type ServedApp, serveApp } from './testing/served-app.ts'

/** The value of one series as a scraper reads it. */
async function sample(app: ServedApp, series: string): Promise<number | undefined> {
  const text = await (await app.get('/metrics')).text()
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

test('requests are counted and timed by route pattern', async () => {
  await using app = await serveApp()
  for (const name of ['ada', 'bob', 'eve']) await (await app.get(`/api/hello?name=${name}`)).text()
  await (await app.post('/orders', {})).text()

  const hello = 'method="GET",route="/api/hello",status="200"'
  await expect.poll(() => sample(app, `http_requests_total{${hello}}`)).toBe(3)
  expect(await sample(app, `http_request_duration_seconds_count{${hello}}`)).toBe(3)
  expect(await sample(app, `http_request_duration_seconds_bucket{le="+Inf",${hello}}`)).toBe(3)
  expect(await sample(app, 'http_requests_total{method="POST",route="/orders",status="400"}')).toBe(1)
})

test('paths without a route share one series', async () => {
  await using app = await serveApp()
  for (const path of ['/.env', '/admin', '/wp-login.php']) await (await app.get(path)).text()
  await expect
    .poll(() => sample(app, 'http_requests_total{method="GET",route="unmatched",status="404"}'))
    .toBe(3)
  expect(await (await app.get('/metrics')).text()).not.toContain('wp-login')
})

test('a latency drill shows in the histogram, but not on health checks and scrapes', async () => {
  await using app = await serveApp({ DRILL_LATENCY_MS: '300' })
  await (await app.get('/version')).text()
  await (await app.get('/health')).text()
  const under = (route: string) =>
    sample(app, `http_request_duration_seconds_bucket{le="0.25",method="GET",route="${route}",status="200"}`)
  await expect.poll(() => under('/version')).toBe(0)
  await expect.poll(() => under('/health')).toBe(1)
})

test('the process and the build are visible', async () => {
  await using app = await serveApp({ APP_VERSION: 'v7', APP_COMMIT: 'c0ffee' })
  const response = await app.get('/metrics')
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; (charset=utf-8; )?version=0\.0\.4/)
  expect(await sample(app, 'app_info{version="v7",commit="c0ffee"}')).toBe(1)
  expect(await sample(app, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
})
