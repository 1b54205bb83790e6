import { expect, test } from 'vitest'
import { report, reportCondition } from './event-log.ts'
import { runningService } from './testing/situations.ts'
import { stage } from './testing/stage.ts'
import { defaultTimings } from './timings.ts'

test('events of one moment are 1 ms apart, newest first, and at most 100 are kept', async () => {
  await using on = stage()
  const service = await runningService(on)
  await on.clock.advance(5)
  for (let number = 1; number <= 110; number++) report(service, on.clock, `event ${number}`)
  expect(service.events).toHaveLength(100)
  expect(service.events[0]?.message).toBe('(service web) event 110')
  expect(service.events.at(-1)?.message).toBe('(service web) event 11')
  expect((service.events[0]?.createdAt ?? 0) - (service.events[1]?.createdAt ?? 0)).toBe(1)
  expect(service.events[0]?.createdAt).toBe(on.clock.now() + 109)
  expect(new Set(service.events.map(({ id }) => id)).size).toBe(100)
})

test('a condition is repeated when something else was said, or after 6 hours', async () => {
  await using on = stage({ timings: { pass: 1e6 } })
  const service = on.create(on.release({}))
  const condition = (text: string): void => reportCondition(service, on.clock, defaultTimings, text)
  condition('is stuck')
  condition('is stuck')
  expect(service.events).toHaveLength(1)
  report(service, on.clock, 'has done something')
  condition('is stuck')
  expect(service.events).toHaveLength(3)
  service.events.unshift({
    id: 'x',
    createdAt: on.clock.now() - 6 * 3600 * 1000,
    message: '(service web) is stuck',
  })
  condition('is stuck')
  expect(service.events).toHaveLength(5)
})
