import { expect, test } from 'vitest'
import { credentialsEnd, sessionTime } from './session-time.ts'

const session = { AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE', AWS_CREDENTIAL_EXPIRATION: '2026-10-01T12:00:00Z' }

test.each([
  ['of the environment', session, Date.UTC(2026, 9, 1, 12)],
  ['that say no end', { AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE' }, undefined],
  ['with an end that is no time', { ...session, AWS_CREDENTIAL_EXPIRATION: 'soon' }, undefined],
  ['of a profile', { ...session, AWS_PROFILE: 'prod' }, undefined],
  ['that the SDK renews', { AWS_CREDENTIAL_EXPIRATION: session.AWS_CREDENTIAL_EXPIRATION }, undefined],
])('the end of credentials %s', (_, env, end) => {
  expect(credentialsEnd(env)).toBe(end)
})

test.each<[number | undefined, number, string]>([
  [undefined, 1800, 'enough'],
  [1800, 1800, 'enough'],
  [1799, 1800, 'short'],
  [60, 1800, 'short'],
  [59, 1800, 'too-short'],
  [0, 1800, 'too-short'],
  [-5, 1800, 'too-short'],
  [30, 20, 'enough'],
])('%s s left of credentials for %i s: %s', (left, timeout, kind) => {
  expect(sessionTime(left, timeout).kind).toBe(kind)
})

test.each([
  [20, 'the credentials end in 20s, before any deployment could'],
  [-3, 'the credentials have ended'],
])('%s s left: %s', (left, cause) => {
  expect(sessionTime(left, 60)).toMatchObject({
    finding: {
      code: 'credentials-too-short',
      cause,
      remedy: expect.stringContaining('role-duration-seconds'),
    },
  })
})

test('a short session is told with both figures', () => {
  expect(sessionTime(900, 1800)).toMatchObject({
    warning: expect.stringMatching(
      /^The credentials end in 15m, and the time-out is 30m: .*role-duration-seconds/,
    ),
  })
})
