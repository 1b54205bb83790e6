import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { scaledClock } from './scaled-clock.ts'

test('AWS seconds pass faster, timestamps stay real', async () => {
  await using clock = scaledClock(100)
  const begun = Date.now()
  const seconds = await new Promise<number>((resolve) => {
    const moment = clock.now()
    clock.after(10, () => resolve(clock.secondsSince(moment)))
  })
  expect(Date.now() - begun).toBeLessThan(2000)
  expect(seconds).toBeGreaterThan(9)
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50)
})

test('neither a cancelled task nor one of a disposed clock runs', async () => {
  const ran: string[] = []
  {
    await using clock = scaledClock(1000)
    clock.after(1, () => ran.push('cancelled'))()
    clock.after(20, () => ran.push('disposed'))
  }
  await pause(60)
  expect(ran).toEqual([])
})

test.each([0, -1, Number.NaN])('a factor of %s is refused', (factor) => {
  expect(() => scaledClock(factor)).toThrow(RangeError)
})
