import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { checked } from './checked.fixture.ts'
import { broughtBack, callsOf, nameOf, record, release } from './reference.fixture.ts'
import { stateOf } from './sweep.fixture.ts'
import { type World, world } from './world.fixture.ts'

// These runs mostly wait: for tasks to start, for the next look.
vi.setConfig({ maxConcurrency: 6 })

type Moment = 'during' | 'after'

/** How many calls a step can still make after it was cancelled between two: one on its way, one that follows in the same breath. */
const onTheirWay = 2

/** Cancels the run at its nth call: while AWS, which has done what it was asked to do, still answers, or soon after that. */
function cancelAt({ testbed }: World, nth: number, moment: Moment) {
  const cancelled = new AbortController()
  let at = Number.POSITIVE_INFINITY
  const cancel = () => {
    at = Date.now()
    cancelled.abort()
  }
  const until = async () => {
    if (moment === 'after') setTimeout(cancel, 40)
    else {
      cancel()
      // Until the step has heard of it, on a busy machine too; it waits for no answer then.
      await wait(2_000)
    }
  }
  testbed.faults.inject({ nth, fault: { kind: 'late-answer', until } })
  return {
    signal: cancelled.signal,
    get at() {
      return at
    },
  }
}

const { length } = await record(release)
const moments: Moment[] = ['during', 'after']
const rows = Array.from({ length }, (_, index) => index + 1).flatMap((nth) => [
  ...moments.map((moment) => ({ onCancel: 'rollback', moment, nth })),
  // Where nothing is to be done, one moment in turn is enough.
  ...moments.slice(nth % 2, 1 + (nth % 2)).map((moment) => ({ onCancel: 'ignore', moment, nth })),
])
const seen = { stopped: 0, cancelled: 0 }

describe.concurrent('a step that is cancelled', () => {
  test.each(rows)('$moment call $nth, with on-cancel: $onCancel', async ({ moment, nth, onCancel }) => {
    await using aws = await world(release.world)
    const inputs = { ...(await release.inputs(aws)), 'on-cancel': onCancel }
    const cancel = cancelAt(aws, nth, moment)
    await using run = await aws.deployUnchecked(inputs, { signal: cancel.signal })
    // A signal that finds the step done ends the process as signals do. The runner would send the next one, and 143 be seen, after 7.5 s.
    if (run.exitCode === 130) expect(run.outputs.outcome).toBe('succeeded')
    else checked(run)
    const { deployments, revisions, status, written } = await stateOf(aws)
    expect(revisions).toBeLessThanOrEqual(2)
    expect(deployments).toBe(written.includes('ecs:UpdateService') ? 2 : 1)
    const later = callsOf(aws).filter(({ at }) => at > cancel.at)
    const unheard = moment === 'after' ? onTheirWay : 0
    const writes = later
      .slice(unheard)
      .filter(({ operation }) => /^(Register|Update|Create|Delete|Run)/.test(operation))
    expect(writes.map(nameOf)).toEqual([])
    const stops = callsOf(aws).filter(({ operation }) => operation === 'StopServiceDeployment').length
    const ended = run.outputs.outcome === 'succeeded'
    if (onCancel === 'ignore' || deployments === 1 || ended) expect(stops).toBe(0)
    // A deployment that had ended before ECS could be told stays as it is.
    else if (status === 'SUCCESSFUL') expect(stops).toBeLessThanOrEqual(1)
    else expect([stops, status]).toEqual([1, 'ROLLBACK_SUCCESSFUL'])
    seen.stopped += stops
    seen.cancelled += ended ? 0 : 1
  })

  afterAll(() => {
    expect(seen.cancelled).toBeGreaterThan(rows.length / 2)
    expect(seen.stopped).toBeGreaterThan(0)
  })
})

const all = await record(broughtBack)
// From the first looks at the failing deployment on; how many looks there are differs from run to run.
const third = Math.floor(all.length / 3)
const later = Array.from({ length: Math.ceil((all.length - third) / 3) }, (_, index) => third + 3 * index)

describe.concurrent('a step that is cancelled while it takes a failure back', () => {
  test.each(later)('at call %i says what it leaves', async (nth) => {
    await using aws = await world(broughtBack.world)
    const inputs = { ...(await broughtBack.inputs(aws)), 'on-cancel': 'rollback' }
    const cancel = cancelAt(aws, nth, 'during')
    await using run = await aws.deployUnchecked(inputs, { signal: cancel.signal })
    checked(run)
    const { deployments } = await stateOf(aws)
    const made = (name: string) => callsOf(aws).filter(({ operation }) => operation === name).length
    const [stops, updates] = [made('StopServiceDeployment'), made('UpdateService')]
    const { message = '' } = run.outputs
    expect(deployments).toBe(updates + 1)
    expect(stops).toBeLessThanOrEqual(1)
    expect(stops === 1 && updates === 2).toBe(false)
    if (!message.startsWith('The step was cancelled')) expect(run.outputs['rolled-back']).toBe('true')
    else if (updates === 2)
      expect(message).toMatch(/the rollback that was begun$|of orders:1 to orders has ended as SUCCESSFUL$/)
    else if (stops === 1)
      expect(message).toMatch(/was told to roll the deployment of orders:2 back$|had ended before/)
    else
      expect(message).toMatch(
        /of orders:2 to orders has ended as STOPPED$|goes on with the deployment of orders:2/,
      )
    // What the post step says of a deployment is what that deployment has come to.
    expect(run.log).not.toMatch(/The deployment of orders:1 has ended as STOPPED/)
  })
})
