import { expect, test } from 'vitest'
import type { Container } from '../model.ts'
import { type Checked, judge, taskHealth, unchecked } from './container-health.ts'

const check = { retries: 3, startPeriod: 60 }
/** Results as `+` and `-`, one every 30 s, the first after 30 s. */
function after(results: string, rules = check): Checked {
  return [...results].reduce<Checked>(
    (so, sign, index) => judge(so, rules, { passed: sign === '+', secondsRunning: (index + 1) * 30 }),
    unchecked,
  )
}

test.each([
  ['no result', '', 'UNKNOWN'],
  ['failing inside the start period only', '-', 'UNKNOWN'],
  ['the failure inside the start period does not count', '---', 'UNKNOWN'],
  ['three that count', '----', 'UNHEALTHY'],
  ['a success', '-+', 'HEALTHY'],
  ['two failures after a success', '+--', 'HEALTHY'],
  ['failures count from the first success on, start period or not', '+---', 'UNHEALTHY'],
  ['only failures in a row count', '+--+--', 'HEALTHY'],
  ['healthy again', '+---+', 'HEALTHY'],
])('%s', (_, results, expected) => {
  expect(after(results).status).toBe(expected)
})

test('the start period ends when it is over, and is off by default', () => {
  expect(judge(unchecked, check, { passed: false, secondsRunning: 59 }).failuresInARow).toBe(0)
  expect(judge(unchecked, check, { passed: false, secondsRunning: 60 }).failuresInARow).toBe(1)
  expect(after('---', { retries: 3, startPeriod: 0 }).status).toBe('UNHEALTHY')
})

const container = (name: string, healthStatus: Container['healthStatus'], essential = true) => ({
  name,
  healthStatus,
  essential,
})
test.each([
  ['no health check', [container('a', 'UNKNOWN')], [], 'UNKNOWN'],
  ['all healthy', [container('a', 'HEALTHY'), container('b', 'HEALTHY')], ['a', 'b'], 'HEALTHY'],
  ['one unknown', [container('a', 'HEALTHY'), container('b', 'UNKNOWN')], ['a', 'b'], 'UNKNOWN'],
  ['one unhealthy', [container('a', 'UNHEALTHY'), container('b', 'UNKNOWN')], ['a', 'b'], 'UNHEALTHY'],
  [
    'an unhealthy sidecar',
    [container('a', 'HEALTHY'), container('b', 'UNHEALTHY', false)],
    ['a', 'b'],
    'HEALTHY',
  ],
  ['one without a check', [container('a', 'HEALTHY'), container('b', 'UNKNOWN')], ['a'], 'HEALTHY'],
])('task health with %s', (_, containers, checked, expected) => {
  expect(taskHealth(containers, new Set(checked))).toBe(expected)
})
