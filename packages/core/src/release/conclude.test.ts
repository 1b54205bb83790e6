import { expect, test } from 'vitest'
import { conclude, gaveUp, probeFailed } from './conclude.ts'
import type { Facts } from './decide.ts'
import { facts, finding, mismatch, nothingRuns, proven, seen } from './facts.fixture.ts'
import type { Finding, FindingCode } from './finding.ts'
import type { Outcome } from './outcome.ts'

const sick = probeFailed(['https://web.example answered 503, not 200'])
const repeated = gaveUp(3, '3 tasks stopped')

const crash = finding('crash-on-start', 'app exits with 1')
const breaker = finding('circuit-breaker')
const unknown = finding('unknown-failure', 'ECS gives no reason')

test.each<[string, Partial<Facts>, [Finding, ...Finding[]], Outcome, FindingCode[]]>([
  [
    'a rollback keeps the diagnosis',
    { deployment: seen('ROLLBACK_SUCCESSFUL'), rolledBackTo: 'web:1' },
    [crash, breaker],
    { kind: 'rolled-back', cause: 'app exits with 1', to: 'web:1' },
    ['crash-on-start', 'circuit-breaker'],
  ],
  [
    'an unrecognised cause is still told',
    { deployment: seen('STOPPED'), detected: true },
    [unknown],
    { kind: 'failed', cause: 'ECS gives no reason' },
    ['unknown-failure'],
  ],
  [
    'superseding comes first',
    { deployment: seen('STOPPED'), supersededBy: 'ecs-svc/9' },
    [crash],
    { kind: 'superseded', by: 'ecs-svc/9' },
    ['superseded', 'crash-on-start'],
  ],
  [
    'no cause is made up for a superseded one',
    { deployment: seen('STOPPED'), supersededBy: 'ecs-svc/9' },
    [unknown],
    { kind: 'superseded', by: 'ecs-svc/9' },
    ['superseded'],
  ],
  [
    'a time-out names what was recognised',
    { deployment: seen('IN_PROGRESS') },
    [crash],
    { kind: 'timed-out', after: '1m30s', deployment: seen('IN_PROGRESS'), cause: 'app exits with 1' },
    ['crash-on-start', 'timed-out'],
  ],
  [
    'a time-out has no unknown cause',
    { deployment: seen('IN_PROGRESS') },
    [unknown],
    { kind: 'timed-out', after: '1m30s', deployment: seen('IN_PROGRESS'), cause: undefined },
    ['timed-out'],
  ],
  [
    'an unfinished rollback has failed tasks',
    { deployment: seen('ROLLBACK_IN_PROGRESS') },
    [unknown],
    {
      kind: 'timed-out',
      after: '1m30s',
      deployment: seen('ROLLBACK_IN_PROGRESS'),
      cause: 'ECS gives no reason',
    },
    ['timed-out'],
  ],
  [
    'a mismatch is its own finding',
    { deployment: seen('SUCCESSFUL'), proof: mismatch },
    [unknown],
    { kind: 'failed', cause: 'digest-mismatch' },
    ['digest-mismatch'],
  ],
  [
    'what is not provable says why',
    { deployment: seen('SUCCESSFUL'), proof: nothingRuns },
    [unknown],
    { kind: 'unverified', cause: 'desired-count-zero' },
    ['desired-count-zero'],
  ],
  [
    'a success has no findings',
    { deployment: seen('SUCCESSFUL'), proof: proven },
    [crash],
    { kind: 'succeeded', tasks: 1 },
    [],
  ],
  [
    'giving up names what was recognised',
    { deployment: seen('IN_PROGRESS'), givenUp: repeated },
    [crash],
    { kind: 'failed', cause: 'app exits with 1' },
    ['crash-on-start', 'early-failure'],
  ],
  [
    'giving up without a known cause tells why',
    { deployment: seen('IN_PROGRESS'), givenUp: repeated },
    [unknown],
    { kind: 'failed', cause: repeated.cause },
    ['early-failure'],
  ],
  [
    'users who are unwell are the cause',
    { deployment: seen('SUCCESSFUL'), proof: proven, unwell: sick },
    [unknown],
    { kind: 'unhealthy', cause: 'https://web.example answered 503, not 200' },
    ['probe-failed'],
  ],
  [
    'a start has no findings',
    { deployment: seen('IN_PROGRESS'), until: 'started' },
    [crash],
    { kind: 'started' },
    [],
  ],
])('%s', (_, change, findings, outcome, codes) => {
  const conclusion = conclude({ ...facts, ...change }, { findings })
  expect(conclusion.outcome).toEqual(outcome)
  expect(conclusion.findings.map(({ code }) => code)).toEqual(codes)
})

test('without a diagnosis the cause is said to be unknown', () => {
  expect(conclude({ ...facts, deployment: seen('ROLLBACK_FAILED') }, undefined)).toEqual({
    outcome: { kind: 'rollback-failed', cause: 'no cause was found' },
    findings: [],
  })
})
