import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { type World, type WorldOptions, world } from './world.fixture.ts'

// These runs mostly wait: for tasks to fail, for the next look.
vi.setConfig({ maxConcurrency: 6 })

interface Scenario {
  world: WorldOptions
  inputs: Record<string, string>
  /** With the call of this operation, counted so, the rollback begins. */
  begins: { operation: string; nth: number }
  /** Calls of StopServiceDeployment and of UpdateService, whenever the step is cancelled. */
  calls: { stops: number; updates: number }
  /** What the post step says of the rollback. */
  states: RegExp
}

const scenarios: Record<string, Scenario> = {
  'ECS was told to roll back': {
    world: { circuitBreaker: { enable: false, rollback: false }, timeScale: 40 },
    inputs: {},
    begins: { operation: 'StopServiceDeployment', nth: 1 },
    calls: { stops: 1, updates: 1 },
    states: /The deployment of orders:2 (has ended as ROLLBACK_SUCCESSFUL|goes on: it is ROLLBACK)/,
  },
  'what ran before is deployed again': {
    world: { circuitBreaker: { enable: true, rollback: false } },
    inputs: { 'early-failure': 'off' },
    begins: { operation: 'UpdateService', nth: 2 },
    calls: { stops: 0, updates: 2 },
    states: /The deployment of orders:1 has ended as SUCCESSFUL|No deployment of orders:1 is in progress/,
  },
}

/** Cancels the run at the call with which the rollback begins, or so many calls after it. */
function cancelIn({ testbed }: World, { begins }: Scenario, after: number): AbortSignal {
  const { faults } = testbed
  const cancelled = new AbortController()
  const cancel = async () => cancelled.abort()
  const later = async () => void faults.inject({ nth: after, fault: { kind: 'late-answer', until: cancel } })
  faults.inject({ ...begins, fault: { kind: 'late-answer', until: after === 0 ? cancel : later } })
  return cancelled.signal
}

describe.concurrent.each(Object.entries(scenarios))('cancelled after %s', (_, scenario) => {
  test.each([0, 1, 2, 3, 4])('by %i calls: nothing is stopped, and the rollback goes on', async (after) => {
    await using aws = await world(scenario.world)
    const v2 = await aws.push('v2', { fault: 'exit' })
    const signal = cancelIn(aws, scenario, after)
    await using run = await aws.deploy(
      { images: v2.uri, 'on-cancel': 'rollback', ...scenario.inputs },
      { signal },
    )
    const count = (operation: string) => aws.testbed.calls.of('ecs', operation).length
    expect({ stops: count('StopServiceDeployment'), updates: count('UpdateService') }).toEqual(scenario.calls)
    // A rollback that had ended by then has nothing left to be stated.
    const left =
      /goes on with the rollback that was begun$|The deployment of orders:\d to orders has ended as (ROLLBACK_)?SUCCESSFUL$/
    const cancelled = left.test(run.outputs.message ?? '')
    expect(cancelled || run.outputs['rolled-back'] === 'true').toBe(true)
    if (cancelled) expect(run.log).toMatch(scenario.states)
  })
})

test.concurrent('cancelled before the rollback has begun, it is said that nothing was done', async () => {
  await using aws = await world({ circuitBreaker: { enable: true, rollback: false } })
  const { cluster, service } = aws.stack
  const v2 = await aws.push('v2', { fault: 'exit' })
  const { calls, clients, faults } = aws.testbed
  const cancelled = new AbortController()
  // What ran before is read once the deployment has ended.
  const until = async () => {
    const { serviceDeployments = [] } = await clients.ecs.listServiceDeployments({ cluster, service })
    if (serviceDeployments[0]?.status !== 'STOPPED') return
    cancelled.abort()
    await wait(1000)
  }
  faults.inject({ operation: 'DescribeTaskDefinition', fault: { kind: 'late-answer', until } })
  const inputs = { images: v2.uri, 'early-failure': 'off', 'on-cancel': 'rollback' }
  await using run = await aws.deploy(inputs, { signal: cancelled.signal })
  expect(run.conclusion).toBe('cancelled')
  expect(run.outputs.message).toMatch(/The deployment of orders:2 to orders has ended as STOPPED$/)
  expect(run.log).toMatch(/The deployment of orders:2 has ended as STOPPED/)
  expect(calls.of('ecs', 'StopServiceDeployment')).toHaveLength(0)
  expect(calls.of('ecs', 'UpdateService')).toHaveLength(1)
})
