import { afterEach, describe, expect, test, vi } from 'vitest'
import { place } from './virtual-place.fixture.ts'
import { crash } from './virtual-run.fixture.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('last lines that come late', () => {
  const cause = 'cannot open the orders database'

  test('are those of an older task, where the newest has none yet', async () => {
    await using here = await place({ desiredCount: 2 }, { logDelay: 40 })
    const { log, summary } = await here.release(crash)
    expect([log, summary].map((text) => text.includes(cause))).toEqual([true, true])
    expect(log).not.toContain('No log')
  })

  test('are waited for some seconds, where all tasks ended together', async () => {
    await using here = await place({ desiredCount: 4 }, { logDelay: 12 })
    const { log, result, summary } = await here.release(crash)
    expect(log).toMatch(/No log: .* so far.*Last lines of container app .*cannot open/s)
    expect(summary).toContain(cause)
    expect(summary).not.toContain('No log')
    expect(result.failure).toContain('exit code 3')
  })

  test('and where they do not come, nobody is told that there are none', async () => {
    await using here = await place({ desiredCount: 4 }, { logDelay: 60 })
    const { log, seconds, summary } = await here.release(crash)
    const told =
      /has written nothing to app\/app\/\w+ in \/ecs\/orders so far; its last lines can come up to a minute after its end/
    expect(log).toMatch(told)
    expect(summary.replaceAll('\\', '')).toMatch(told)
    expect(seconds).toBeLessThan(120)
  })
})
