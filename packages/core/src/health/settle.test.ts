import { expect, test } from 'vitest'
import { steppingClock } from '../release/stepping-clock.fixture.ts'
import { type Expectation, faultOf, shownUrl } from './expectation.ts'
import type { Look } from './probe.ts'
import { settle } from './settle.ts'

const expected: Expectation = {
  url: 'http://orders.example/health',
  status: 200,
  member: undefined,
  timeout: 5000,
}
const answer = (status: number, body = ''): Look => ({ kind: 'answered', status, milliseconds: 1, body })

/** `+` is a right answer, `-` a wrong one; the last stays. */
async function playing(pattern: string) {
  const clock = steppingClock(0)
  let tries = 0
  const look = async () => answer(pattern[Math.min(tries++, pattern.length - 1)] === '+' ? 200 : 503)
  const settled = await settle(expected, { clock, look })
  return { settled, asked: tries, seconds: clock.now() / 1000 }
}

test.each([
  ['+++', 3],
  ['-+++', 4],
  ['++-+++', 6],
  ['-------+++', 10],
])('%s is well after %i tries', async (pattern, tries) => {
  const { asked, seconds, settled } = await playing(pattern)
  expect([settled, asked, seconds]).toEqual([{ kind: 'well', tries }, tries, 2 * (tries - 1)])
})

test.each([
  // Three in a row can no longer be reached.
  ['-', 8, 8],
  ['++-', 8, 6],
  ['+-', 8, 7],
  ['++-++-++-+', 9, 3],
])('%s is not, and that is known after %i tries', async (pattern, tries, wrong) => {
  const { settled } = await playing(pattern)
  expect(settled).toEqual({ kind: 'unwell', tries, wrong, fault: 'answered 503, not 200' })
})

test('a cancelled step asks no more', async () => {
  const reason = new Error('cancelled')
  const look = () => Promise.reject(new Error('asked'))
  const asking = settle(expected, { clock: steppingClock(0), look, signal: AbortSignal.abort(reason) })
  await expect(asking).rejects.toBe(reason)
})

const version = (value: string, pointer = '/version') => ({ ...expected, member: { pointer, value } })

test.each<[string, Look, Expectation, string | undefined]>([
  ['the right status', answer(200), expected, undefined],
  ['another expected status', answer(204), { ...expected, status: 204 }, undefined],
  ['the wrong status', answer(500), expected, 'answered 500, not 200'],
  ['the right status only', answer(500, '{"version":"v2"}'), version('v2'), 'answered 500, not 200'],
  [
    'no connection',
    { kind: 'no-connection', reason: 'ECONNREFUSED' },
    expected,
    'did not answer (ECONNREFUSED)',
  ],
  ['no answer in time', { kind: 'timed-out' }, expected, 'did not answer within 5 s'],
  ['the right member', answer(200, '{"version":"v2"}'), version('v2'), undefined],
  ['a number', answer(200, '{"version":2}'), version('2'), undefined],
  ['a member deep down', answer(200, '{"a/b":[{"~":true}]}'), version('true', '/a~1b/0/~0'), undefined],
  ['another member', answer(200, '{"version":"v1"}'), version('v2'), 'has "v1" at /version, not "v2"'],
  ['a missing member', answer(200, '{}'), version('v2'), 'answered without /version in its JSON'],
  [
    'an inherited member',
    answer(200, '{}'),
    version('v2', '/toString'),
    'answered without /toString in its JSON',
  ],
  [
    'no JSON',
    answer(200, '<html>'),
    version('v2'),
    'answered with a body that is no JSON, where /version should be',
  ],
])('%s', (_, look, expectation, fault) => {
  expect(faultOf(look, expectation)).toBe(fault)
})

test('a long value is cut, and a URL is shown without what may be secret', () => {
  expect(faultOf(answer(200, `{"version":"${'v'.repeat(500)}"}`), version('v2'))).toBe(
    `has "${'v'.repeat(80)}…" at /version, not "v2"`,
  )
  expect(shownUrl('https://me:pw@orders.example:8443/health?token=abc#x')).toBe(
    'https://orders.example:8443/health',
  )
})
