import { expect, test } from 'vitest'
import { systemClock } from './system-clock.ts'

test('sleeps at least as long as it is told', async () => {
  const started = performance.now()
  await systemClock.sleep(30)
  expect(performance.now() - started).toBeGreaterThan(25)
})

test('rejects with the reason of the signal, before and during the sleep', async () => {
  const reason = new Error('cancelled')
  await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason)
  const abort = new AbortController()
  const asleep = systemClock.sleep(60_000, abort.signal)
  abort.abort(reason)
  await expect(asleep).rejects.toBe(reason)
})
