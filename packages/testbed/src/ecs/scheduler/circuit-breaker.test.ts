import { expect, test } from 'vitest'
import type { CircuitBreaker } from '../model.ts'
import { countsAsFailure, type TaskEnd, threshold, trips } from './circuit-breaker.ts'

const breaker = (
  type: CircuitBreaker['threshold']['type'],
  value: number,
  enable = true,
): CircuitBreaker => ({
  enable,
  rollback: true,
  resetOnHealthyTask: true,
  threshold: { type, value },
})

test.each([
  ['BOUNDED_PERCENT', 50, 1, 3],
  ['BOUNDED_PERCENT', 50, 6, 3],
  ['BOUNDED_PERCENT', 50, 7, 4],
  ['BOUNDED_PERCENT', 50, 25, 13],
  ['BOUNDED_PERCENT', 50, 400, 200],
  ['BOUNDED_PERCENT', 50, 401, 200],
  ['BOUNDED_PERCENT', 50, 800, 200],
  ['BOUNDED_PERCENT', 100, 10, 10],
  ['UNBOUNDED_PERCENT', 50, 1, 1],
  ['UNBOUNDED_PERCENT', 25, 1000, 250],
  ['UNBOUNDED_PERCENT', 50, 0, 0],
  ['COUNT', 7, 1, 7],
  ['COUNT', 1, 500, 1],
] as const)('%s %i at %i desired tasks: %i failures', (type, value, desired, expected) => {
  expect(threshold(breaker(type, value), desired)).toBe(expected)
})

test.each<[TaskEnd, boolean, boolean]>([
  ['never-ran', false, true],
  ['never-ran', true, false],
  ['exited', true, true],
  ['exited', false, false],
  ['unhealthy', true, true],
  ['unhealthy', false, false],
  ['wanted', true, false],
  ['wanted', false, false],
])('a task that ended as %s, its deployment having run: %s, counts: %s', (end, hasRun, expected) => {
  expect(countsAsFailure(end, hasRun)).toBe(expected)
})

test.each([
  { case: 'one below the threshold', failures: 2, failedResolutions: 0, desired: 1, expected: false },
  { case: 'at the threshold', failures: 3, failedResolutions: 0, desired: 1, expected: true },
  { case: 'above, since tasks fail together', failures: 5, failedResolutions: 0, desired: 1, expected: true },
  { case: 'the latest desired count', failures: 3, failedResolutions: 0, desired: 25, expected: false },
  {
    case: 'three failed resolutions, whatever the threshold',
    failures: 3,
    failedResolutions: 3,
    desired: 25,
    expected: true,
  },
  { case: 'two failed resolutions', failures: 2, failedResolutions: 2, desired: 25, expected: false },
])('$case: $expected', ({ expected, ...seen }) => {
  expect(trips(breaker('BOUNDED_PERCENT', 50), seen)).toBe(expected)
  expect(trips(breaker('BOUNDED_PERCENT', 50, false), seen)).toBe(false)
})

test('a threshold of 0 needs a failure all the same', () => {
  const seen = { failures: 0, failedResolutions: 0, desired: 0 }
  expect(trips(breaker('UNBOUNDED_PERCENT', 50), seen)).toBe(false)
  expect(trips(breaker('UNBOUNDED_PERCENT', 50), { ...seen, failures: 1 })).toBe(true)
})
