import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { aService, aServiceDeployment, at } from '../test-data.fixture.ts'
import { detailsReader } from './details.ts'

/** Ends as a request does whose signal is aborted. */
function noAnswer(within: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    within?.addEventListener('abort', () => reject(new ActionError('network', 'no answer')))
  })
}

test('while AWS does not answer, details are asked for again after a new status, and after no other change', async () => {
  const clock = steppingClock(at(0).getTime())
  const troubles: unknown[] = []
  let asked = 0
  let answers = false
  const read = detailsReader({
    calls: {
      service: async () => aService({ runningCount: 7 }),
      async targets(_group, within) {
        asked += 1
        return answers ? [] : noAnswer(within)
      },
    },
    clock,
    service: aService(),
    startedAt: clock.now(),
    observer: { trouble: (error) => troubles.push(error) },
  })
  const { service } = await read(aServiceDeployment({ status: 'IN_PROGRESS', runningTaskCount: 0 }))
  expect([asked, service.runningCount, troubles.length]).toEqual([1, 7, 1])
  answers = true
  await clock.sleep(1000)
  await read(aServiceDeployment({ status: 'IN_PROGRESS', runningTaskCount: 1 }))
  expect(asked).toBe(1)
  await clock.sleep(1000)
  await read(aServiceDeployment({ status: 'ROLLBACK_IN_PROGRESS', runningTaskCount: 1 }))
  expect(asked).toBe(2)
})
