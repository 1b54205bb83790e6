import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detailsEvery, nextLookIn } from './pace.ts'

const minute = 60_000

test.each([
  ['the first', 1, 0, 1000],
  ['the second', 2, 1000, 1000],
  ['the third', 3, 2000, 2000],
  ['the fourth', 4, 4000, 2000],
  ['the fifth', 5, 6000, 4000],
  ['just before 15 minutes', 200, 15 * minute - 1, 4000],
  ['from 15 minutes on', 200, 15 * minute, 12_000],
])('after %s look', (_, looks, elapsed, expected) => {
  const progress = { looks, elapsed, remaining: 60 * minute }
  expect(nextLookIn(progress, () => 0)).toBe(expected)
  expect(nextLookIn(progress, () => 1)).toBe(Math.round(expected * 1.1))
})

test.each([
  ['one throttled look', 1, 4000, 8000],
  ['two', 2, 8000, 16_000],
  ['three', 3, 15_000, 30_000],
  ['many', 60, 15_000, 30_000],
])('after %s it waits longer, at random', (_, throttled, least, most) => {
  const progress = { looks: 9, elapsed: 0, remaining: 60 * minute, throttled }
  expect(nextLookIn(progress, () => 0)).toBe(least)
  expect(nextLookIn(progress, () => 1)).toBe(most)
  expect(nextLookIn({ ...progress, remaining: 1500 }, () => 1)).toBe(1500)
})

test('throttling never makes it look sooner', () => {
  const late = { looks: 9, elapsed: 20 * minute, remaining: 60 * minute }
  expect(nextLookIn({ ...late, throttled: 1 }, () => 0)).toBe(12_000)
})

test('the last look is at the deadline', () => {
  expect(nextLookIn({ looks: 9, elapsed: 0, remaining: 1500 }, () => 1)).toBe(1500)
  expect(nextLookIn({ looks: 9, elapsed: 0, remaining: -1 }, () => 1)).toBe(0)
})

test.each([
  [0, 0, 15_000],
  [1, 0, 20_000],
  [2, 0, 30_000],
  [3, 0, 60_000],
  [5, 0, 60_000],
  [6, 0, 120_000],
  [1, 15 * minute - 1, 20_000],
  [0, 15 * minute, 15_000],
  [1, 15 * minute, 30_000],
  [4, 15 * minute, 60_000],
  [5, 15 * minute, 120_000],
])('with %i target groups after %i ms the rest is read every %i ms', (groups, elapsed, expected) => {
  expect(detailsEvery(groups, elapsed)).toBe(expected)
})

test('calls a minute stay within 21 at first and 10 later', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 120 }),
      (targetGroups, minutes) => {
        const elapsed = minutes * minute
        const looks = minute / nextLookIn({ looks: 100, elapsed, remaining: 1e9 })
        const details = ((1 + targetGroups) * minute) / detailsEvery(targetGroups, elapsed)
        expect(looks + details).toBeLessThanOrEqual(minutes < 15 ? 21 : 10)
        expect(detailsEvery(targetGroups, elapsed)).toBeGreaterThanOrEqual(15_000)
      },
    ),
  )
})
