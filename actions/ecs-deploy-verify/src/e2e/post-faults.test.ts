import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import type { Rule } from './answers.fixture.ts'
import { type World, world } from './world.fixture.ts'

// These runs mostly wait.
vi.setConfig({ maxConcurrency: 7 })

/** Cancels when the deployment is followed; what the post step asks then meets the fault. */
function cancelInto({ testbed }: World, rule: Rule): { signal: AbortSignal; hits(): number } {
  const { calls, faults } = testbed
  const cancelled = new AbortController()
  const asked = () => calls.of('ecs', 'DescribeServiceDeployments').length
  const before = asked()
  let injected: { hits: number } | undefined
  void (async () => {
    while (asked() === before) await wait(5)
    injected = faults.inject(rule)
    cancelled.abort()
  })()
  return { signal: cancelled.signal, hits: () => injected?.hits ?? 0 }
}

const goesOn = /The deployment of orders:2 (goes on: it is (PENDING|IN_PROGRESS)|has ended as SUCCESSFUL)/

const faults: [string, Omit<Rule, 'operation'>, RegExp][] = [
  ['is throttled', { fault: { kind: 'throttle' }, times: 1 }, goesOn],
  ['fails with a 500', { fault: { kind: 'server-error' }, times: 1 }, goesOn],
  ['is reset', { fault: { kind: 'reset' }, times: 1 }, goesOn],
  ['gets no answer', { fault: { kind: 'hang' }, times: 1 }, goesOn],
  ['is denied', { fault: { kind: 'denied' } }, /AWS does not allow ecs:DescribeServiceDeployments/],
  ['has expired credentials', { fault: { kind: 'expired' } }, /AWS did not accept the credentials/],
]

describe.concurrent('after a cancellation, when the look of the post step', () => {
  test.each(faults)('%s, it states how it ended, or why it cannot', async (_, fault, says) => {
    await using aws = await world({ timeScale: 20 })
    const { uri } = await aws.push('v2')
    const { hits, signal } = cancelInto(aws, {
      ...fault,
      service: 'ecs',
      operation: 'DescribeServiceDeployments',
    })
    await using run = await aws.deploy({ images: uri }, { signal })
    expect(hits()).toBe(1)
    aws.testbed.faults.clear()
    expect(run.conclusion).toBe('cancelled')
    expect(run.outputs.message).toMatch(/^The step was cancelled.*goes on with the deployment of orders:2/)
    expect(run.log.slice(run.log.indexOf('The step was cancelled'))).toMatch(says)
    expect(aws.testbed.calls.of('ecs', 'StopServiceDeployment')).toHaveLength(0)
  })
})
