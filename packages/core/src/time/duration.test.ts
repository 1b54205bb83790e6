import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

test.each([
  ['30s', 30],
  ['10m', 600],
  ['2h', 7200],
  ['1h30m', 5400],
  ['90s', 90],
  ['0s', 0],
])('%s is %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

test.each(['', '10', 'm', 'ten', '10 m', '1.5h', '-1m', '30m1h', '1m1m', '1d', '10M', '99999999999999999h'])(
  '"%s" is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined()
  },
)

test.each([
  [0, '0s'],
  [0.4, '0s'],
  [59.6, '1m'],
  [5400, '1h30m'],
  [3661, '1h1m1s'],
  [-5, '0s'],
])('%f seconds are written %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000_000 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toBe(seconds)
    }),
  )
})
