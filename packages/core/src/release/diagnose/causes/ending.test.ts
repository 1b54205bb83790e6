import { expect, test } from 'vitest'
import type { ServiceDeployment } from '../../../aws/ecs-model.ts'
import { aCrashedTask, aServiceDeployment, older, ours } from '../../test-data.fixture.ts'
import { diagnose } from '../diagnose.ts'
import type { Scene } from '../observed.ts'
import { codes, seen, stopped } from '../sample.fixture.ts'

/** Each looks like the finding named and is something else. */
test.each<[string, string, Scene]>([
  ['circuit-breaker', 'a breaker that only counts', seen({ deployment: withBreaker('MONITORING') })],
  [
    'no-rollback-candidate',
    'a rollback that failed otherwise',
    seen({ deployment: aServiceDeployment({ status: 'ROLLBACK_FAILED', statusReason: 'x' }) }),
  ],
  [
    'no-rollback-candidate',
    'a rollback that has not failed',
    seen({
      deployment: aServiceDeployment({
        status: 'ROLLBACK_IN_PROGRESS',
        statusReason: 'No rollback candidate',
      }),
    }),
  ],
])('not %s: %s', (code, _, observed) => {
  expect(codes(observed)).not.toContain(code)
  expect(codes(observed)).toEqual(['unknown-failure'])
})

function withBreaker(status: string): ServiceDeployment {
  return aServiceDeployment({
    circuitBreaker: { status, failureCount: 3, threshold: 3 },
    statusReason: 'the breaker',
  })
}

test('the breaker comes after what made the tasks fail', () => {
  const observed = seen({ deployment: withBreaker('TRIGGERED'), tasks: [aCrashedTask('1', 1)] })
  expect(diagnose(observed).findings).toMatchObject([
    { code: 'crash-on-start' },
    {
      code: 'circuit-breaker',
      cause: 'the circuit breaker ended the deployment after 3 failed tasks (threshold 3)',
      evidence: ['the breaker'],
    },
  ])
})

test.each<[string, Partial<ServiceDeployment>]>([
  ['its status reason', { statusReason: 'No rollback candidate was found to run the rollback.' }],
  [
    'its rollback',
    {
      rollback: {
        reason: 'No rollback candidate was found to run the rollback.',
        serviceRevisionArn: undefined,
      },
    },
  ],
])('no rollback candidate, by %s', (_, change) => {
  const deployment = aServiceDeployment({ status: 'ROLLBACK_FAILED', ...change })
  expect(codes(seen({ deployment, tasks: [aCrashedTask('1', 1)] }))).toEqual([
    'crash-on-start',
    'no-rollback-candidate',
  ])
})

test.each<[string, Partial<ServiceDeployment> | undefined, string]>([
  ['the reason of ECS', { statusReason: 'rolled back by user' }, 'rolled back by user'],
  ['the reason of the rollback', { rollback: { reason: 'why', serviceRevisionArn: undefined } }, 'why'],
  ['nothing', {}, 'ECS gives no reason'],
  ['not even a deployment', undefined, 'ECS gives no reason'],
])('an unknown failure tells %s', (_, change, cause) => {
  const deployment = change && aServiceDeployment(change)
  expect(diagnose(seen({ deployment })).findings[0]).toMatchObject({ code: 'unknown-failure', cause })
})

test("an unknown failure tells the tasks' reason before that of the deployment", () => {
  const deployment = aServiceDeployment({ statusReason: 'threshold exceeded' })
  const tasks = [stopped('1', 'Something new'), stopped('2', 'Something new'), stopped('3', 'Something rare')]
  expect(diagnose(seen({ deployment, tasks })).findings[0].cause).toBe('Something new')
})

const alarmed = 'Service deployment rolled back because of one or more active alarms.'

test.each<[string, Partial<ServiceDeployment>, string[], string]>([
  [
    'its name',
    { statusReason: alarmed, alarms: { status: 'TRIGGERED', triggered: ['5xx', 'slow'] } },
    [],
    'ECS failed the deployment because of the deployment alarm 5xx, slow',
  ],
  [
    'the reason',
    { statusReason: alarmed },
    [],
    'ECS failed the deployment because of one of its deployment alarms',
  ],
  [
    'the reason of the rollback',
    { rollback: { reason: alarmed, serviceRevisionArn: undefined } },
    [],
    'ECS failed the deployment because of one of its deployment alarms',
  ],
  [
    'an event',
    {},
    [`(service web) (deployment ${ours}) deployment failed: alarm detected.`],
    'ECS failed the deployment because of one of its deployment alarms',
  ],
])('a deployment alarm is known by %s', (_, change, events, cause) => {
  const { findings } = diagnose(seen({ deployment: aServiceDeployment(change), events }))
  expect(findings.map(({ code }) => code)).toEqual(['alarm'])
  expect(findings[0].cause).toBe(cause)
})

test.each<[string, Partial<ServiceDeployment>, string[]]>([
  ['alarms that only watch', { alarms: { status: 'MONITORING', triggered: [] } }, []],
  ['another deployment', {}, [`(service web) (deployment ${older}) deployment failed: alarm detected.`]],
])('no deployment alarm: %s', (_, change, events) => {
  expect(codes(seen({ deployment: aServiceDeployment(change), events }))).toEqual(['unknown-failure'])
})

test('a reason of ECS is the evidence of an unknown failure', () => {
  const reasoned = aServiceDeployment({ statusReason: 'rolled back by user' })
  expect(diagnose(seen({ deployment: reasoned })).findings[0].evidence).toEqual(['rolled back by user'])
  expect(diagnose(seen()).findings[0].evidence).toEqual([])
})
