import { expect, test } from 'vitest'
import { launchDelay } from './launch-throttle.ts'
import { defaultTimings } from './timings.ts'

test.each([
  [0, 0],
  [1, 30],
  [2, 30],
  [3, 300],
  [4, 600],
  [5, 1200],
  [6, 1620],
  [60, 1620],
])('after %i failed launches in a row: %i s', (failures, seconds) => {
  expect(launchDelay(failures, defaultTimings)).toBe(seconds)
})

test('the maximum also bounds the known steps', () => {
  expect(launchDelay(3, { launchDelays: [30, 30, 300], launchDelayMaximum: 60 })).toBe(60)
  expect(launchDelay(2, { launchDelays: [], launchDelayMaximum: 60 })).toBe(0)
})
