import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

function problems(variables: Record<string, string>): readonly string[] {
  const read = readConfig(variables)
  return read.kind === 'invalid' ? read.problems : []
}

test('without variables the app serves port 8080 with no drill', () => {
  expect(readConfig({})).toEqual({
    kind: 'valid',
    config: {
      host: undefined,
      port: 8080,
      version: 'unknown',
      commit: 'unknown',
      shutdownDelaySeconds: 5,
      shutdownTimeoutSeconds: 25,
      drills: { health: undefined, crash: undefined, startSeconds: 0, latencyMs: 0, ordersErrorRate: 0 },
    },
  })
})

test.each([
  ['PORT', 'http', 'a whole number from 0 to 65535'],
  ['PORT', '80.5', 'a whole number from 0 to 65535'],
  ['PORT', '65536', 'a whole number from 0 to 65535'],
  ['PORT', '0x50', 'a whole number from 0 to 65535'],
  ['SHUTDOWN_DELAY_SECONDS', '-1', 'a number from 0 to 110'],
  ['SHUTDOWN_TIMEOUT_SECONDS', '120', 'a number from 0 to 119'],
  ['DRILL_HEALTH', 'true', 'fail'],
  ['DRILL_CRASH', 'Start', 'start'],
  ['DRILL_START_SECONDS', '10s', 'a number from 0 to 3600'],
  ['DRILL_LATENCY_MS', '1e3', 'a number from 0 to 60000'],
  ['DRILL_ORDERS_ERROR_RATE', '1.01', 'a number from 0 to 1'],
  ['DRILL_ORDERS_ERROR_RATE', '50%', 'a number from 0 to 1'],
])('%s=%s is refused', (name, value, expected) => {
  expect(problems({ [name]: value })).toEqual([`${name}: expected ${expected}, got "${value}"`])
})

test('all mistakes are reported together', () => {
  const all = problems({ PORT: 'x', DRILL_HEALTH: 'x', DRILL_LATENCY_MS: 'x' })
  expect(all.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'DRILL_HEALTH', 'DRILL_LATENCY_MS'])
})

test('requests are not cut off before the port closes', () => {
  expect(problems({ SHUTDOWN_DELAY_SECONDS: '30' })).toEqual([
    'SHUTDOWN_TIMEOUT_SECONDS: expected at least SHUTDOWN_DELAY_SECONDS (30), got "25"',
  ])
  expect(problems({ SHUTDOWN_DELAY_SECONDS: '30', SHUTDOWN_TIMEOUT_SECONDS: '30' })).toEqual([])
})

test.each(['', ' '])('an empty variable (%j) is an absent one', (empty) => {
  const names = ['PORT', 'DRILL_HEALTH', 'DRILL_CRASH', 'DRILL_ORDERS_ERROR_RATE', 'APP_VERSION', 'HOST']
  expect(readConfig(Object.fromEntries(names.map((name) => [name, empty])))).toEqual(readConfig({}))
})

test('every rate from 0 to 1 is taken as it is written, any other text is named', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), (thousandths) => {
      const read = readConfig({ DRILL_ORDERS_ERROR_RATE: (thousandths / 1000).toString() })
      expect(read.kind === 'valid' && read.config.drills.ordersErrorRate).toBe(thousandths / 1000)
    }),
  )
  const noNumber = fc.string().filter((text) => text.trim() !== '' && !/^\s*[\d.]+\s*$/.test(text))
  fc.assert(
    fc.property(noNumber, (text) => {
      expect(problems({ DRILL_ORDERS_ERROR_RATE: text })).toHaveLength(1)
    }),
  )
})
