import { expect, test } from 'vitest'
import { shortEvent } from './event-text.ts'

const group = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/6d0ecf831eec9f09'

test.each([
  ['(service web) has reached a steady state.', 'has reached a steady state.'],
  [
    `(service web) (task 1f) (port 80) is unhealthy in (target-group ${group}) due to (reason Request timed out).`,
    '(task 1f) (port 80) is unhealthy in (target-group web) due to (reason Request timed out).',
  ],
  [
    `Task failed ELB health checks in (target-group ${group})`,
    'Task failed ELB health checks in (target-group web)',
  ],
  [
    'service web was unable to place a task. (service other) too',
    'service web was unable to place a task. (service other) too',
  ],
  [
    '(service web) see arn:aws:ecs:us-east-1:111122223333:task/web/1',
    'see arn:aws:ecs:us-east-1:111122223333:task/web/1',
  ],
])('%s', (message, short) => {
  expect(shortEvent(message)).toBe(short)
})
