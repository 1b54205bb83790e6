import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { narrator } from './narrator.ts'
import { demoOptions } from './options.ts'
import { type DemoReport, requestsPerSecond, runDemo } from './run.ts'

const aWholeDemo = 180_000

async function demo(...args: string[]): Promise<{ report: DemoReport; story: string; summary: string }> {
  const summaries = await mkdtemp(join(tmpdir(), 'demo-'))
  const told: string[] = []
  try {
    const report = await runDemo(
      demoOptions(args),
      summaries,
      narrator((line) => told.push(line), false),
    )
    return { report, story: told.join('\n'), summary: await readFile(join(summaries, 'v4.md'), 'utf8') }
  } finally {
    await rm(summaries, { recursive: true })
  }
}

const outcomes = ({ results }: DemoReport): Record<string, string> =>
  Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]))

describe.concurrent('the demo is no script', () => {
  test(
    'without its fault the third release succeeds, and users come at the promised rate',
    async () => {
      const { report, story, summary } = await demo('--heal', 'v3')
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
      expect(story).toContain('exit code 1')
      expect(summary).toContain('DRILL_CRASH=start made the app crash')
    },
    aWholeDemo,
  )

  test(
    'a load balancer that trusts every task lets users meet errors',
    async () => {
      const { report } = await demo('--without-health-checks')
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
