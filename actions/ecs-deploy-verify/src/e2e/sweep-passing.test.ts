import { describe, expect, test, vi } from 'vitest'
import type { Rule } from './answers.fixture.ts'
import { broughtBack, crash, recorded, recordedCalls, release } from './reference.fixture.ts'
import { at, disturbed, type Left } from './sweep.fixture.ts'

type Fault = Rule['fault']

// These runs mostly wait: for time-outs, for retries, for the next look.
vi.setConfig({ maxConcurrency: 8 })

const passing: readonly [string, Fault][] = [
  ['reset', { kind: 'reset' }],
  ['reset after it took effect', { kind: 'reset', processed: true }],
]

const recordings = await recorded()
const actions = recordings.flatMap((calls) => {
  const [first] = calls
  return first === undefined ? [] : { scenario: first.scenario, all: calls.map(({ action }) => action) }
})
const rows = actions.flatMap(({ scenario, all }) => {
  // Most calls of a release are made more than once, those of a rollback too; the second ones are disturbed as well.
  const writing = scenario === release || scenario === broughtBack
  return passing
    .filter((_, index) => writing || index === 0)
    .flatMap(([name, fault]) =>
      (writing ? [1, 2] : [1]).map((nth) => ({ scenario, title: scenario.name, all, name, fault, nth })),
    )
})

describe.concurrent('a fault that passes changes nothing', () => {
  test.each(rows)('$title: call $nth of every action is $name', async ({ scenario, all, fault, nth }) => {
    await disturbed(
      scenario,
      all.map((action) => at(action, { nth, fault })),
      ({ deployments, hits, revisions, run }) => {
        const { leaves, outcome } = scenario
        expect(run.outputs.outcome).toBe(outcome)
        if (nth === 1) expect(hits).toEqual(all.map(() => 1))
        expect({ revisions, deployments }).toEqual(leaves)
        expect(run.outputs.verified).toBe(String(outcome === 'succeeded'))
      },
    )
  })
})

const all = await recordedCalls()
// The SDK gives a read up and repeats it, wherever it is made: once is enough.
const writes = all
  .filter(({ action }, index) => all.findIndex((call) => call.action === action) === index)
  .filter(({ action }) => /:(Register|Update|Stop)/.test(action))

describe.concurrent('a call without an answer is given up and made again', () => {
  test.each([
    { action: 'ecs:DescribeServices', scenario: release, processed: false, name: 'hangs' },
    ...writes.map((call) => ({ ...call, processed: false, name: 'hangs' })),
    ...writes.map((call) => ({ ...call, processed: true, name: 'takes effect and hangs' })),
  ])('$action $name', async ({ action, processed, scenario }) => {
    const rule = at(action, { nth: 1, fault: { kind: 'hang', processed } })
    await disturbed(scenario, [rule], ({ deployments, hits, revisions, run }) => {
      expect(hits).toEqual([1])
      expect(run.outputs.outcome).toBe(scenario.outcome)
      expect({ revisions, deployments }).toEqual(scenario.leaves)
      // The time-out of a request is 10 seconds; the rest is the release itself, on a machine that may be busy.
      expect(run.durationMs).toBeGreaterThan(10_000)
      expect(run.durationMs).toBeLessThan(40_000)
    })
  })

  test('what only explains a deployment holds nobody up who never gets it', async () => {
    const never = { times: Infinity, fault: { kind: 'hang' } } as const
    const rule = at('elasticloadbalancing:DescribeTargetHealth', never)
    await disturbed(release, [rule], ({ hits, run }) => {
      expect(hits[0]).toBeGreaterThan(0)
      expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
      expect(run.log).toContain('Could not read the target health')
      expect(run.durationMs).toBeLessThan(30_000)
    })
  })
})

/** Calls that no scenario before has made as often, three at most of each, and those of a diagnosis that is made only once. */
const reached = new Map<string, number>()
const single = [release, crash, broughtBack].flatMap((scenario) => {
  const made = recordings.find(([first]) => first?.scenario === scenario) ?? []
  return made.flatMap(({ action, count }) => {
    const before = scenario === broughtBack && /Tasks$/.test(action) ? 0 : (reached.get(action) ?? 0)
    reached.set(action, Math.max(before, count))
    const calls = Array.from(
      { length: Math.min(Math.max(0, count - before), 3) },
      (_, index) => before + index + 1,
    )
    return calls.map((nth) => ({ scenario, title: scenario.name, action, nth }))
  })
})
/** What there is to deploy is read before anything begins, and AWS is not asked again for it. */
const unready = ['ecs:DescribeServices 1', 'ecs:DescribeTaskDefinition 1', 'ecs:DescribeTaskDefinition 2']

describe.concurrent('one error inside AWS where the SDK makes one attempt only', () => {
  test.each(single)('$title: call $nth of $action', async ({ action, nth, scenario }) => {
    const rule = at(action, { nth, fault: { kind: 'server-error' } })
    const check = ({ deployments, hits, made, revisions, run, written }: Left) => {
      if (nth === 1) expect(hits).toEqual([1])
      if (unready.includes(`${action} ${nth}`)) {
        expect(run.outputs.outcome).toBe('failed')
        expect(run.outputs.message).toContain(`${action} failed inside AWS with HTTP status 500`)
        expect([made, written]).toEqual([[0, 0], []])
        return
      }
      const failed = scenario !== release
      expect(run.outputs.outcome, run.log).toBe(scenario.outcome)
      expect({ revisions, deployments }).toEqual(scenario.leaves)
      expect(run.outputs['rolled-back']).toBe(String(failed))
      expect(run.outputs.findings).toMatch(failed ? /^\[{"code":"crash-on-start"/ : /^\[\]$/)
    }
    await disturbed(scenario, [rule], check, { AWS_MAX_ATTEMPTS: '1' })
  })
})
