import { expect, test } from 'vitest'
import type { Service } from '../model.ts'
import { type Behaviour, crashing, good, missing } from './testing/behaviour.ts'
import { breaker, terminal } from './testing/situations.ts'
import { stage, story } from './testing/stage.ts'

/** Starts of tasks in seconds since the first. */
function starts(service: Service): number[] {
  const created = [...service.cluster.tasks.values()].map(({ createdAt }) => createdAt)
  return created.map((at) => (at - (created[0] ?? 0)) / 1000)
}

test('crash on start, one task: a start about every 50 s without growth, failed right after the 4th (ecs-model.md 3.5, 4.1)', async () => {
  await using on = stage()
  const service = on.create(on.release(crashing), { desiredCount: 1 })
  await on.until(() => service.deployments[0]?.rolloutState === 'FAILED')
  expect(service.cluster.tasks.size).toBe(4)
  for (const [index, at] of starts(service).entries())
    expect(Math.abs(at - ([0, 52, 103, 153][index] ?? Number.NaN))).toBeLessThan(16)
  const last = Math.max(...[...service.cluster.tasks.values()].map(({ createdAt }) => createdAt))
  expect((on.clock.now() - last) / 1000).toBeLessThanOrEqual(12)
})

test('missing image, one task: launches are throttled (ecs-model.md 3.5)', async () => {
  await using on = stage()
  const service = on.create(on.release(missing), { desiredCount: 1, ...breaker({ enable: false }) })
  await on.clock.advance(1500)
  const gaps = starts(service).map((at, index, all) => at - (all[index - 1] ?? 0))
  // 90 s each until the failure is known, then 30, 30, 300, 600 s.
  const expected = [0, 120, 120, 390, 690]
  expect(gaps).toHaveLength(expected.length)
  for (const [index, gap] of gaps.entries())
    expect(Math.abs(gap - (expected[index] ?? 0))).toBeLessThanOrEqual(18)
  const texts = story(service).filter((text) => text.startsWith('is unable to consistently start tasks'))
  // From the third failure in a row on, each time.
  expect(texts).toHaveLength(3)
  on.scheduler.updateService(service, { taskDefinition: on.release(good) })
  await on.until(() => service.serviceDeployments[0]?.status === 'SUCCESSFUL', 200)
})

/** Of the starts of this image the first two and the fourth and fifth end early; all others run well. */
const flapping: Behaviour = {
  stopsAfter: 1,
  exitsAfter: (start) => [10, 10, undefined, 30, 30][start - 1],
  exitCode: 1,
}

test.each([
  ['a healthy task clears the count', true, 'SUCCESSFUL'],
  ['without resetOnHealthyTask the count stays', false, 'ROLLBACK_FAILED'],
])('%s', async (_, resetOnHealthyTask, status) => {
  await using on = stage()
  const service = on.create(on.release(flapping), breaker({ resetOnHealthyTask }))
  await on.until(terminal(service))
  expect(service.serviceDeployments[0]?.status).toBe(status)
})
