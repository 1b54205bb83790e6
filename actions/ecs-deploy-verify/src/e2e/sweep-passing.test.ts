import { describe, expect, test, vi } from 'vitest'
import type { Rule } from './answers.fixture.ts'
import { broughtBack, recorded, recordedCalls, release } from './reference.fixture.ts'
import { at, disturbed } from './sweep.fixture.ts'

type Fault = Rule['fault']

// These runs mostly wait: for time-outs, for retries, for the next look.
vi.setConfig({ maxConcurrency: 8 })

const passing: readonly [string, Fault][] = [
  ['throttled', { kind: 'throttle' }],
  ['a 500', { kind: 'server-error' }],
  ['reset', { kind: 'reset' }],
  ['reset after it took effect', { kind: 'reset', processed: true }],
]

const actions = (await recorded()).flatMap((calls) => {
  const [first] = calls
  return first === undefined ? [] : { scenario: first.scenario, all: calls.map(({ action }) => action) }
})
const rows = actions.flatMap(({ scenario, all }) =>
  passing.flatMap(([name, fault]) =>
    // Most calls of a release are made more than once, those of a rollback too; the second ones are disturbed as well.
    (scenario === release || scenario === broughtBack ? [1, 2] : [1]).map((nth) => ({
      scenario,
      title: scenario.name,
      all,
      name,
      fault,
      nth,
    })),
  ),
)

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
// The SDK gives up and repeats, wherever a call is made: once for each is enough.
const calls = all.filter(({ action }, index) => all.findIndex((call) => call.action === action) === index)
const writes = calls.filter(({ action }) => /:(Register|Update|Stop)/.test(action))

describe.concurrent('a call without an answer is given up and made again', () => {
  test.each([
    ...calls.map((call) => ({ ...call, processed: false, name: 'hangs' })),
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
})
