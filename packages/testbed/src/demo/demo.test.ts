import { describe, expect, test } from 'vitest'
import { aWholeDemo, demo, outcomes } from './demo.fixture.ts'
import { demoOptions } from './options.ts'
import { requestsPerSecond } from './run.ts'

describe.concurrent('the demo is no script', () => {
  test(
    'without its fault the third release succeeds, and users come at the promised rate',
    async () => {
      const { report, story, summary } = await demo(['--processes', '--heal', 'v3'])
      expect(outcomes(report)).toEqual({
        v1: 'succeeded',
        v2: 'succeeded',
        v3: 'succeeded',
        v4: 'rolled-back',
      })
      expect(report.results.every(({ expected }) => expected)).toBe(true)
      expect(report.users.errors).toBe(0)
      expect(report.users.sent).toBeGreaterThan(requestsPerSecond * report.seconds * 0.95)
      expect(report.users.sent).toBeLessThan(requestsPerSecond * report.seconds * 1.05)
      expect(story).toContain('Without Docker (as --processes asks)')
      expect(story).toContain('exit code 1')
      expect(summary).toContain('DRILL_CRASH=start made the app crash')
    },
    aWholeDemo,
  )

  test(
    'a load balancer that trusts every task lets users meet errors',
    async () => {
      const { report } = await demo(['--processes', '--without-health-checks'])
      expect(report.users.errors).toBeGreaterThan(0)
    },
    aWholeDemo,
  )
})

test.each([
  ['a release that does not exist', ['--heal', 'v9'], /expected one of v1, v2, v3, v4, got v9/],
  ['an unknown option', ['--fast'], /--fast/],
])('%s is refused', (_, args, message) => {
  expect(() => demoOptions(args)).toThrow(message)
})
