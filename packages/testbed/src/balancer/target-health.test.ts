import { expect, test } from 'vitest'
import { parseMatcher, passes } from './health-check.ts'
import { afterProbe, type Health, type ProbeResult, wordHealth } from './target-health.ts'

const passed: ProbeResult = { kind: 'passed' }
const code503: ProbeResult = { kind: 'wrong-code', status: 503 }
const timedOut: ProbeResult = { kind: 'timed-out' }
const refused: ProbeResult = { kind: 'failed' }
const fresh: Health = { kind: 'checking', failures: 0 }

function after(health: Health, ...results: ProbeResult[]): Health {
  const thresholds = { healthyThreshold: 3, unhealthyThreshold: 2 }
  return results.reduce((current, result) => afterProbe(current, result, thresholds), health)
}

test.each<[string, ProbeResult[], string, string | undefined]>([
  ['one success makes a new target healthy', [passed], 'healthy', undefined],
  ['one failure leaves a new target initial', [refused], 'initial', 'Elb.InitialHealthChecking'],
  ['a late success is soon enough', [refused, passed], 'healthy', undefined],
  ['failures up to the threshold', [refused, code503], 'unhealthy', 'Target.ResponseCodeMismatch'],
  ['one failure does not unseat a healthy target', [passed, refused], 'healthy', undefined],
  ['failures count only in a row', [passed, refused, passed, refused], 'healthy', undefined],
  ['a healthy target fails', [passed, timedOut, timedOut], 'unhealthy', 'Target.Timeout'],
  [
    'recovery takes the threshold',
    [refused, refused, passed, passed],
    'unhealthy',
    'Target.FailedHealthChecks',
  ],
  ['recovery', [refused, refused, passed, passed, passed], 'healthy', undefined],
  [
    'a failure on the way starts recovery over',
    [refused, refused, passed, passed, code503, passed, passed],
    'unhealthy',
    'Target.ResponseCodeMismatch',
  ],
])('%s', (_, results, state, reason) => {
  expect(wordHealth(after(fresh, ...results))).toMatchObject(reason ? { state, reason } : { state })
})

test.each([
  ['a wrong code', code503, 'Health checks failed with these codes: [503]'],
  ['no answer in time', timedOut, 'Request timed out'],
  ['a refused connection', refused, 'Health checks failed'],
])('%s is described as AWS does', (_, result, description) => {
  expect(wordHealth(after(fresh, result, result))).toMatchObject({ state: 'unhealthy', description })
})

test('a healthy target has neither reason nor description', () => {
  expect(wordHealth(after(fresh, passed))).toEqual({ state: 'healthy' })
})

test.each([
  ['200', [200], [199, 201, 503]],
  ['200,204', [200, 204], [201]],
  ['200-299', [200, 250, 299], [300, 503]],
  ['200,301-303, 404', [200, 302, 404], [304, 403]],
])('matcher %s', (matcher, inside, outside) => {
  for (const status of inside) expect(passes(matcher, status)).toBe(true)
  for (const status of outside) expect(passes(matcher, status)).toBe(false)
})

test.each(['', 'ok', '100', '200-500', '299-200', '200,', '2xx', '200;204', '0200'])(
  'matcher %j is none',
  (matcher) => {
    expect(parseMatcher(matcher)).toBeUndefined()
    expect(passes(matcher, 200)).toBe(false)
  },
)
