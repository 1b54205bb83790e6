import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { aServiceDeployment, denied, throttled } from '../test-data.fixture.ts'
import { stopOnce } from './stop-once.ts'

const lost = new ActionError('network', 'no answer from AWS')
const fault = new ActionError('service-fault', 'failed inside AWS')

/** Stops once; the nth look shows the nth status, and the last stays. An empty one is a look without an answer. */
async function stopping(answer: boolean | Error, statuses: readonly string[] = ['IN_PROGRESS']) {
  let stops = 0
  let looks = 0
  const calls = {
    async stopOnce() {
      stops++
      if (answer instanceof Error) throw answer
      return answer
    },
    async deployment() {
      const status = statuses[Math.min(looks++, statuses.length - 1)] ?? ''
      if (status === '') throw lost
      return aServiceDeployment({ status })
    },
  }
  const ended = await stopOnce('arn', { calls, clock: steppingClock(0), trouble() {} }).catch(
    (error: unknown) => error,
  )
  return { ended, stops, looks }
}

test.each<[string, boolean | Error, string[], unknown, number]>([
  ['an answer', true, [], 'told', 0],
  ['the answer that it has ended', false, [], 'over', 0],
  ['a lost answer, and it stops', lost, ['STOP_REQUESTED'], 'told', 1],
  ['a lost answer, and it rolls back', lost, ['ROLLBACK_IN_PROGRESS'], 'told', 1],
  ['a lost answer that shows late', fault, ['IN_PROGRESS', '', 'ROLLBACK_REQUESTED'], 'told', 3],
  ['a lost answer of what has ended', lost, ['SUCCESSFUL'], 'over', 1],
  ['a lost answer that never shows', lost, ['IN_PROGRESS'], 'unknown', 3],
  ['no answers at all', lost, [''], 'unknown', 3],
  ['a refusal', denied, [], denied, 0],
  ['throttling', throttled, [], throttled, 0],
])('after %s', async (_, answer, statuses, ended, looks) => {
  expect(await stopping(answer, statuses)).toEqual({ ended, looks, stops: 1 })
})
