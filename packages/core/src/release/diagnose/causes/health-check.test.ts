import { expect, test } from 'vitest'
import { aTask, older } from '../../test-data.ts'
import { diagnose } from '../diagnose.ts'
import type { Observed } from '../observed.ts'
import { codes, elb, seen, stopped, target, unhealthy } from '../sample.ts'

test.each<[string, string, Observed]>([
  ['load-balancer-health-check', 'the stopped reason', seen({ tasks: [stopped('1', elb)] })],
  [
    'load-balancer-health-check',
    'an event about an own task',
    seen({ tasks: [aTask('1')], events: [unhealthy('1')] }),
  ],
  [
    'load-balancer-health-check',
    'an unhealthy target of an own task',
    seen({ tasks: [aTask('1', { address: '10.0.0.9' })], targets: [target({})] }),
  ],
  [
    'container-health-check',
    'the stopped reason',
    seen({ tasks: [stopped('1', 'Task failed container health checks')] }),
  ],
  [
    'container-health-check',
    'an event about an own task',
    seen({ tasks: [aTask('1')], events: ['(service web) (task 1) failed container health checks.'] }),
  ],
  [
    'container-health-check',
    'a running task that is UNHEALTHY',
    seen({ tasks: [aTask('1', { healthStatus: 'UNHEALTHY' })] }),
  ],
])('%s: %s', (code, _, observed) => {
  expect(codes(observed)).toEqual([code])
})

/** Each looks like the finding named and is something else. */
test.each<[string, string, Observed]>([
  [
    'load-balancer-health-check',
    'the stopped reason of another deployment',
    seen({ tasks: [stopped('1', elb, { startedBy: older })] }),
  ],
  [
    'load-balancer-health-check',
    'an event about a task of another deployment',
    seen({ tasks: [aTask('1')], events: [unhealthy('2')] }),
  ],
  [
    'load-balancer-health-check',
    'an unhealthy target of somebody else',
    seen({ tasks: [aTask('1', { address: '10.0.0.1' })], targets: [target({})] }),
  ],
  [
    'load-balancer-health-check',
    'a target that is still initial',
    seen({ tasks: [aTask('1', { address: '10.0.0.9' })], targets: [target({ state: 'initial' })] }),
  ],
  [
    'load-balancer-health-check',
    'a task that was registered',
    seen({ tasks: [aTask('1')], events: ['(service web) has started 1 tasks: (task 1).'] }),
  ],
  [
    'container-health-check',
    'the stopped reason of another deployment',
    seen({ tasks: [stopped('1', 'Task failed container health checks', { startedBy: older })] }),
  ],
  [
    'container-health-check',
    'an UNHEALTHY task of another deployment',
    seen({ tasks: [aTask('1', { healthStatus: 'UNHEALTHY', startedBy: older })] }),
  ],
  [
    'container-health-check',
    'an UNHEALTHY task that is on its way out',
    seen({ tasks: [aTask('1', { healthStatus: 'UNHEALTHY', lastStatus: 'STOPPING' })] }),
  ],
])('not %s: %s', (code, _, observed) => {
  expect(codes(observed)).not.toContain(code)
  expect(codes(observed)).toEqual(['unknown-failure'])
})

test.each([
  ['Health checks failed with these codes: [404]', /path/],
  ['Request timed out', /security group of the tasks and the time-out/],
  ['Health checks failed', /listen on its containerPort/],
])('the remedy for "%s"', (description, remedy) => {
  const observed = seen({ tasks: [aTask('1', { address: '10.0.0.9' })], targets: [target({ description })] })
  expect(diagnose(observed).findings[0]).toMatchObject({
    cause: `the tasks do not pass the load balancer's health check: ${description}`,
    remedy: expect.stringMatching(remedy),
  })
})

test('without target health the reason is taken from the event', () => {
  const observed = seen({ tasks: [stopped('1', elb)], events: [unhealthy('1')] })
  expect(diagnose(observed).findings[0].cause).toBe(
    "the tasks do not pass the load balancer's health check: Request timed out",
  )
  expect(diagnose(seen({ tasks: [stopped('1', elb)] })).findings[0].cause).toBe(
    "the tasks do not pass the load balancer's health check",
  )
})

test('an event about one of several own tasks is enough', () => {
  expect(codes(seen({ tasks: [aTask('1'), aTask('2')], events: [unhealthy('2')] }))).toEqual([
    'load-balancer-health-check',
  ])
})

test('a reason that goes on after the words of a failed container check is one', () => {
  const tasks = [stopped('1', 'Task failed container health checks.')]
  expect(codes(seen({ tasks }))).toEqual(['container-health-check'])
})
