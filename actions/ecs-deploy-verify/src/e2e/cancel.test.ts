import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { endless } from './answers.fixture.ts'
import { world } from './world.fixture.ts'

test.concurrent('a cancelled step ends at once, writes nothing more, and says that the deployment goes on', async () => {
  await using aws = await world()
  const v2 = await aws.push('v2')
  const { calls, faults } = aws.testbed
  faults.inject(endless)
  const cancelled = new AbortController()
  let at = 0
  let told = Number.POSITIVE_INFINITY
  const cancelling = (async () => {
    while (calls.of('ecs', 'DescribeServiceDeployments').length < 2) await wait(50)
    at = Date.now()
    cancelled.abort()
  })()
  const onOutput = (line: string) => {
    if (line.includes('The step was cancelled')) told = Math.min(told, Date.now())
  }
  await using run = await aws.deploy({ images: v2.uri }, { signal: cancelled.signal, onOutput })
  await cancelling
  // The runner sends SIGTERM after 7.5 s.
  expect(told - at).toBeLessThan(5_000)
  expect(run.conclusion).toBe('cancelled')
  expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
  expect(run.outputs.message).toMatch(
    /^The step was cancelled.*Amazon ECS goes on with the deployment of orders:2 to orders \(ecs-svc\/\d+\)$/,
  )
  const later = calls.all().filter((call) => call.at > at)
  expect(later.filter(({ operation }) => !/^(Describe|List|Get)/.test(operation))).toEqual([])
})

test.concurrent.each(['DescribeTaskDefinition', 'RegisterTaskDefinition'])(
  'a step that is cancelled during %s writes nothing',
  async (operation) => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const { calls, faults } = aws.testbed
    // Retries make the call last long enough to be cancelled in.
    const slow = faults.inject({ operation, times: 3, fault: { kind: 'throttle' } })
    const before = calls.all().length
    const cancelled = new AbortController()
    const cancelling = (async () => {
      while (slow.hits === 0) await wait(5)
      cancelled.abort()
    })()
    await using run = await aws.deploy({ images: v2.uri }, { signal: cancelled.signal })
    await cancelling
    expect(run.conclusion).toBe('cancelled')
    expect(run.outputs.message).toMatch(/^The step was cancelled or ran out of time \(SIGINT\)$/)
    const done = calls.all().slice(before)
    const writes = done.filter(
      ({ operation, outcome }) => outcome === 'ok' && /^(Register|Update)/.test(operation),
    )
    expect(writes.map((call) => call.operation)).toEqual([])
  },
)

test.concurrent('a step that is cancelled while AWS answers nothing says so before the runner kills it', async () => {
  await using aws = await world()
  const v2 = await aws.push('v2')
  const hang = aws.testbed.faults.inject({ operation: 'DescribeTaskDefinition', fault: { kind: 'hang' } })
  const cancelled = new AbortController()
  const cancelling = expect
    .poll(() => hang.hits)
    .toBeGreaterThan(0)
    .then(() => cancelled.abort())
  await using run = await aws.deploy({ images: v2.uri }, { signal: cancelled.signal })
  await cancelling
  expect(run.conclusion).toBe('cancelled')
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    outcome: 'failed',
    message: expect.stringMatching(/^The step was cancelled/),
  })
  expect(run.summary).toContain('The step was cancelled')
})
