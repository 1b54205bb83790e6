import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff, pollDelay } from './backoff.ts'

const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

test.each([
  [0, 500, 1000],
  [1, 1000, 2000],
  [3, 4000, 8000],
  [4, 5000, 10_000],
  [1000, 5000, 10_000],
])('attempt %i waits from %i to %i ms', (attempt, least, most) => {
  const span = { first: 1000, longest: 10_000 }
  expect(backoff(attempt, span, () => 0)).toBe(least)
  expect(backoff(attempt, span, () => 1)).toBe(most)
})

test.each([
  ['at the start', 0, 2000],
  ['after 40 s', 40_000, 2000],
  ['after 100 s', 100_000, 5000],
  ['after an hour', 3_600_000, 15_000],
])('%s, one looks again after %i·%i ms', (_, elapsed, delay) => {
  expect(pollDelay(elapsed, { first: 2000, longest: 15_000 }, () => 0.5)).toBe(delay)
})

test('waits stay within their bounds, whatever the chance', () => {
  fc.assert(
    fc.property(fc.nat(), fraction, (count, chance) => {
      expect(backoff(count, { first: 1, longest: 100 }, () => chance)).toBeLessThanOrEqual(100)
      expect(pollDelay(count, { first: 10, longest: 100 }, () => chance)).toBeGreaterThanOrEqual(9)
      expect(pollDelay(count, { first: 10, longest: 100 }, () => chance)).toBeLessThanOrEqual(110)
    }),
  )
})
