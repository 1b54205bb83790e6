import { describe, expect, test, vi } from 'vitest'
import type { Rule } from './answers.fixture.ts'
import { afterLongDraining, drainForLong, draining } from './draining.fixture.ts'
import { at } from './sweep.fixture.ts'
import { world } from './world.fixture.ts'

// These runs wait for a minute, all at the same time.
vi.setConfig({ maxConcurrency: 8 })

const named = 'of orders to drain, for 10s in all: deregistration_delay.timeout_seconds'
const unnamed = 'of orders to drain: deregistration_delay.timeout_seconds'

const faults: [string, Rule['fault'] | undefined, string][] = [
  ['with nothing in the way', undefined, named],
  ['throttled once', { kind: 'throttle' }, named],
  ['a 500 once', { kind: 'server-error' }, named],
  ['reset once', { kind: 'reset' }, named],
  ['without an answer once', { kind: 'hang' }, named],
  ['denied', { kind: 'denied' }, unnamed],
  ['with expired credentials', { kind: 'expired' }, unnamed],
]

describe.concurrent(`${afterLongDraining}, which only explains a wait`, () => {
  test.each(faults)(
    '%s: the release goes on, and the delay is named where it can be',
    async (_, fault, line) => {
      await using aws = await world(draining)
      const { uri } = await aws.push('v2')
      drainForLong(aws)
      const rule = fault && aws.testbed.faults.inject(at(afterLongDraining, { fault, times: 1 }))
      await using run = await aws.deploy({ images: uri, timeout: '5m' })
      expect(rule?.hits ?? 1).toBe(1)
      expect(run.log).toContain(`Waiting for 1 old target ${line}`)
      expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    },
    180_000,
  )
})
