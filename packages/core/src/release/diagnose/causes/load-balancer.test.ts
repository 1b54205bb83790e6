import { describe, expect, test } from 'vitest'
import { aCrashedTask, aDeployment, aService, aTask, older } from '../../test-data.fixture.ts'
import type { Scene } from '../observed.ts'
import {
  codes,
  elb,
  failing,
  first,
  aTargetGroup as group,
  seen,
  stopped,
  target,
  unhealthy,
} from '../sample.fixture.ts'

const refused = 'Health checks failed'
const late = 'Request timed out'

describe('whose health checks count', () => {
  test.each<[string, Scene]>([
    ['the stopped reason', seen({ tasks: [stopped('1', elb)] })],
    ['an event about an own task', seen({ tasks: [aTask('1'), aTask('2')], events: [unhealthy('2')] })],
    ['an unhealthy target of an own task', failing('Health checks failed with these codes: [503]')],
  ])('%s', (_, scene) => {
    expect(codes(scene)).toHaveLength(1)
    expect(codes(scene)).not.toContain('unknown-failure')
  })

  test.each<[string, Scene]>([
    ['the stopped reason of another deployment', seen({ tasks: [stopped('1', elb, { startedBy: older })] })],
    ['an event about a task of another deployment', seen({ tasks: [aTask('1')], events: [unhealthy('2')] })],
    [
      'an unhealthy target of somebody else',
      failing(refused, { tasks: [aTask('1', { address: '10.0.0.1' })] }),
    ],
    ['a target that is still initial', failing(refused, { targets: [target({ state: 'initial' })] })],
    [
      'a task that was registered',
      seen({ tasks: [aTask('1')], events: ['(service web) has started 1 tasks: (task 1).'] }),
    ],
  ])('not %s', (_, scene) => {
    expect(codes(scene)).toEqual(['unknown-failure'])
  })

  test('nobody is healthy after a crash, so only the crash is told', () => {
    const tasks = [aCrashedTask('1', 1, { address: '10.0.0.9' })]
    expect(codes(failing(refused, { tasks, targets: [target({ description: refused })] }))).toEqual([
      'crash-on-start',
    ])
    expect(codes(seen({ tasks: [aCrashedTask('1', 1)], events: [unhealthy('1')] }))).toEqual([
      'crash-on-start',
    ])
  })
})

describe('a wrong answer', () => {
  const wrong = 'Health checks failed with these codes: [404]'
  test.each<[string, Scene, string]>([
    [
      'names path, port and matcher',
      failing(wrong),
      'load-balancer-health-check: the load balancer gets 404 for /health from port 3000 of the tasks, where the matcher wants 200-299',
    ],
    [
      'on a health-check port of its own',
      failing(wrong, { targetGroups: [{ ...group, healthCheckPort: '9000' }] }),
      'load-balancer-health-check: the load balancer gets 404 for /health from port 9000 of the tasks, where the matcher wants 200-299',
    ],
    [
      'of a target group that may not be read',
      failing(wrong, { targetGroups: [] }),
      `load-balancer-health-check: the tasks do not pass the load balancer's health check: ${wrong}`,
    ],
    [
      'is none of the port, whatever the image exposes',
      failing(wrong, { exposed: new Map([['app', [9999]]]) }),
      'load-balancer-health-check: the load balancer gets 404 for /health from port 3000 of the tasks, where the matcher wants 200-299',
    ],
    [
      'that only the stopped reason tells of',
      seen({ tasks: [stopped('1', elb)] }),
      "load-balancer-health-check: the tasks do not pass the load balancer's health check",
    ],
    [
      'in words that are new',
      failing('Target did something new'),
      "load-balancer-health-check: the tasks do not pass the load balancer's health check: Target did something new",
    ],
  ])('%s', (_, scene, text) => {
    expect(first(scene)).toBe(text)
  })
})

test('an answer tells more than none, whichever came first', () => {
  const none = unhealthy('1').replace('Request timed out', 'Health checks failed')
  const code = unhealthy('1').replace('Request timed out', 'Health checks failed with these codes: [503]')
  for (const events of [
    [none, code],
    [code, none],
  ]) {
    expect(first(seen({ tasks: [aTask('1')], events }))).toMatch(/codes: \[503\]$/)
  }
})

describe('no answer in time', () => {
  const others = target({ id: '10.0.0.1', state: 'healthy', description: undefined })
  const sick = target({ description: late })
  const deployments = (securityGroups: string[]) => [
    aDeployment({ network: { subnets: ['subnet-1'], securityGroups, publicAddress: false } }),
    aDeployment({ id: older }),
  ]
  const closed =
    'security-group: the load balancer gets no answer from any task on port 3000 (Request timed out): most likely their security groups sg-1 do not let it in'
  const slow =
    'load-balancer-health-check: the tasks accept the health checks of the load balancer on port 3000 and do not answer /health within 5 s'

  test.each<[string, Scene, string]>([
    ['from anybody', failing(late), closed],
    [
      'where only an event tells of it',
      seen({ tasks: [stopped('1', elb)], events: [unhealthy('1')] }),
      closed,
    ],
    ['while others answer through the same groups', failing(late, { targets: [sick, others] }), slow],
    [
      'while others answer through other groups',
      failing(late, {
        targets: [sick, others],
        service: aService({ deployments: deployments(['sg-2']) }),
      }),
      'security-group: the load balancer gets no answer from the tasks on port 3000: their security groups sg-2 differ from those of the tasks that it reaches (sg-1), and do not let it in',
    ],
    [
      'while others answer on another port',
      failing(late, { targets: [sick, { ...others, port: 80 }] }),
      closed,
    ],
    [
      'while another own task answers',
      failing(late, {
        tasks: [aTask('1', { address: '10.0.0.9' }), aTask('2', { address: '10.0.0.1' })],
        targets: [sick, others],
      }),
      closed,
    ],
    [
      'of tasks without a network of their own',
      failing(late, { service: aService({ deployments: [aDeployment({ network: undefined })] }) }),
      slow,
    ],
    [
      'of tasks without a network of their own, and a target group that may not be read',
      failing(late, {
        service: aService({ deployments: [aDeployment({ network: undefined })] }),
        targetGroups: [],
      }),
      "load-balancer-health-check: the tasks do not pass the load balancer's health check: Request timed out",
    ],
  ])('%s', (_, scene, text) => {
    expect(first(scene)).toBe(text)
  })
})
