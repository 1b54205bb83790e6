import { expect, test } from 'vitest'
import type { TargetHealth } from '../../elbv2/targets.ts'
import { type RegisteredTarget, type Signs, type Verdict, verdict } from './service-health.ts'

const address = { id: '10.0.0.1', port: 80 }
const unregistered = { targetGroupArn: 'tg', target: address, health: undefined }
const target = (state: TargetHealth['state'], description?: string): RegisteredTarget => ({
  ...unregistered,
  health: { target: address, state, ...(description !== undefined && { description }) },
})
const unhealthyAt = (at: RegisteredTarget, reason: string): Verdict => ({
  kind: 'unhealthy',
  by: 'target',
  target: at,
  reason,
})
const rules = { grace: 0, healthyWithoutChecks: 40 }

test.each<[string, Partial<Signs>, Verdict]>([
  ['no checks, just running', { secondsRunning: 39 }, { kind: 'unknown' }],
  ['no checks, 40 s', { secondsRunning: 40 }, { kind: 'healthy' }],
  ['container check pending', { containers: 'UNKNOWN', secondsRunning: 99 }, { kind: 'unknown' }],
  ['container check passed', { containers: 'HEALTHY' }, { kind: 'healthy' }],
  ['container check failed', { containers: 'UNHEALTHY' }, { kind: 'unhealthy', by: 'container' }],
  ['not registered yet', { targets: [unregistered], secondsRunning: 99 }, { kind: 'unknown' }],
  ['target initial', { targets: [target('initial')], secondsRunning: 99 }, { kind: 'unknown' }],
  ['target healthy', { targets: [target('healthy')] }, { kind: 'healthy' }],
  ['one of two healthy', { targets: [target('healthy'), target('initial')] }, { kind: 'unknown' }],
  [
    'target unhealthy',
    { targets: [target('healthy'), target('unhealthy', 'Request timed out')] },
    unhealthyAt(target('unhealthy', 'Request timed out'), 'Request timed out'),
  ],
  [
    'target unhealthy without a word',
    { targets: [target('unhealthy')] },
    unhealthyAt(target('unhealthy'), 'Health checks failed'),
  ],
  [
    'target healthy, container unknown',
    { targets: [target('healthy')], containers: 'UNKNOWN' },
    { kind: 'unknown' },
  ],
  ['both healthy', { targets: [target('healthy')], containers: 'HEALTHY' }, { kind: 'healthy' }],
  ['target draining', { targets: [target('draining')] }, { kind: 'unknown' }],
])('%s', (_, signs, expected) => {
  const given: Signs = { secondsRunning: 5, containers: undefined, targets: [], ...signs }
  expect(verdict(given, rules)).toEqual(expected)
})

test.each([
  [119, 'unknown'],
  [120, 'unhealthy'],
])('with a grace period of 120 s, bad signs after %i s: %s', (secondsRunning, kind) => {
  const grace = { ...rules, grace: 120 }
  expect(verdict({ secondsRunning, containers: 'UNHEALTHY', targets: [] }, grace).kind).toBe(kind)
  expect(verdict({ secondsRunning, containers: undefined, targets: [target('unhealthy')] }, grace).kind).toBe(
    kind,
  )
})

test('good signs inside the grace period count at once', () => {
  expect(
    verdict({ secondsRunning: 1, containers: 'HEALTHY', targets: [] }, { ...rules, grace: 120 }).kind,
  ).toBe('healthy')
})
