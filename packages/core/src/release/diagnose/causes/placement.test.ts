import { expect, test } from 'vitest'
import type { Task } from '../../../aws/ecs-model.ts'
import { aCrashedTask, aServiceDeployment, aTask, at, older } from '../../test-data.fixture.ts'
import { diagnose } from '../diagnose.ts'
import { codes, pullFailure, seen } from '../sample.fixture.ts'

const event = (reason: string) => `(service web) was unable to place a task. Reason: ${reason}`

test.each<[string, string, string]>([
  [
    'no-capacity',
    event(
      'Capacity is unavailable at this time. Please try again later or in a different availability zone.',
    ),
    'AWS Fargate has no capacity for the tasks in the Availability Zones of the subnet subnet-1',
  ],
  [
    'no-capacity',
    '(service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 1) has insufficient CPU units available.',
    'no container instance of the cluster has room for a task, or fits its requirements',
  ],
  [
    'no-capacity',
    '(service web) was unable to reach steady state. Reason: No Container Instances were found in your capacity provider.',
    'no container instance of the cluster has room for a task, or fits its requirements',
  ],
  [
    'task-limit',
    event("You've reached the limit on the number of vCPUs you can run concurrently"),
    'the account has reached its limit of vCPUs on AWS Fargate',
  ],
  [
    'task-limit',
    event("You've reached the limit on the number of tasks you can run concurrently"),
    'the account has reached its limit of tasks that run at once',
  ],
  [
    'task-limit',
    event('The requested MEMORY configuration is above your limit.'),
    'the task asks for more CPU or memory than the account may use',
  ],
  [
    'task-limit',
    '(service web) was unable to place tasks in your cluster because the tasks provisioning capacity limit was exceeded.',
    'the cluster has as many tasks in PROVISIONING as ECS allows (500)',
  ],
  [
    'task-limit',
    '(service web) was unable to place a task because your account is currently blocked.',
    'AWS has blocked the account',
  ],
  [
    'task-definition-inactive',
    '(service web) failed to launch a task with (error ClientException: TaskDefinition is inactive).',
    'the task definition web:2 was deregistered (INACTIVE)',
  ],
])('%s: %s', (code, text, cause) => {
  const scene = seen({ events: [text] })
  expect(codes(scene)).toEqual([code])
  expect(diagnose(scene).findings[0]).toMatchObject({ cause, evidence: [text] })
  // What was said before the deployment began is none of its causes.
  expect(codes({ ...scene, earlierEvents: new Set(['0']) })).toEqual(['unknown-failure'])
})

test('no-capacity: the reason of a task on an instance', () => {
  expect(codes(seen({ tasks: [pullFailure('RESOURCE:MEMORY')] }))).toEqual(['no-capacity'])
})

// The event is of second 10.
test.each<[string, Task, boolean]>([
  ['a task that was launched after it and crashed', aCrashedTask('1', 1, { createdAt: at(12) }), false],
  ['a task that was launched after it and runs', aTask('1', { createdAt: at(12) }), false],
  ['a task that was launched before it and started after it', aTask('1', { createdAt: at(8) }), true],
  [
    'a task that was launched after it and has not started',
    aTask('1', { createdAt: at(12), startedAt: undefined }),
    true,
  ],
  ['a task of another deployment', aTask('1', { createdAt: at(12), startedBy: older }), true],
])('lacking capacity and %s', (_, task, lacks) => {
  const scene = seen({ events: [event('Capacity is unavailable at this time.')], tasks: [task] })
  expect(codes(scene).includes('no-capacity')).toBe(lacks)
})

test.each<[string, number, Task, string[]]>([
  ['tasks are missing', 1, aTask('1', { createdAt: at(12) }), ['no-capacity']],
  ['all tasks are there', 2, aTask('1', { createdAt: at(12) }), ['unknown-failure']],
  ['tasks are missing as they crash', 0, aCrashedTask('1', 1, { createdAt: at(12) }), ['crash-on-start']],
])(
  'an event that a later launch seems to refute explains what nothing else does: %s',
  (_, running, task, found) => {
    const deployment = aServiceDeployment({
      requestedTaskCount: 2,
      runningTaskCount: running,
      pendingTaskCount: 0,
    })
    const scene = seen({
      events: [event('Capacity is unavailable at this time.')],
      tasks: [task],
      deployment,
    })
    expect(codes(scene)).toEqual(found)
  },
)

test.each([
  '(service web) operations are being throttled. Will try again later.',
  '(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
  event('Internal error.'),
  '(service web) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
])('none of them: %s', (text) => {
  expect(codes(seen({ events: [text] }))).toEqual(['unknown-failure'])
})
