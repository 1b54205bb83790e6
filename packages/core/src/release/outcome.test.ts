import { expect, test } from 'vitest'
import { exitCode, messageOf, type Outcome } from './outcome.ts'

test.each<[Outcome, 0 | 1, string]>([
  [{ kind: 'succeeded', tasks: 2 }, 0, 'web runs web:5 on 2 tasks, proven by digest'],
  [{ kind: 'succeeded', tasks: 1 }, 0, 'web runs web:5 on 1 task, proven by digest'],
  [
    { kind: 'succeeded', tasks: undefined },
    0,
    'web runs web:5, by what Amazon ECS says of its deployment; no digest was compared',
  ],
  [
    { kind: 'no-change', tasks: 1 },
    0,
    'web already ran web:5 on 1 task, proven by digest; nothing was deployed',
  ],
  [{ kind: 'planned', changes: true }, 0, 'web:5 would be deployed to web'],
  [{ kind: 'planned', changes: false }, 0, 'web would stay as it is'],
  [{ kind: 'started' }, 0, 'The deployment of web:5 to web has started; how it ends was not waited for'],
  [{ kind: 'refused', cause: 'x' }, 1, 'web:5 was not deployed to web: x'],
  [{ kind: 'failed', cause: 'x' }, 1, 'The deployment of web:5 to web failed: x'],
  [{ kind: 'unhealthy', cause: 'x' }, 1, 'web runs web:5 and is not healthy: x'],
  [{ kind: 'unverified', cause: 'x' }, 1, 'It is not proven that web runs web:5: x'],
  [
    { kind: 'timed-out', after: '30m', deployment: { kind: 'seen', status: 'PENDING' }, cause: undefined },
    1,
    'The deployment of web:5 to web had not ended after 30m, its status was PENDING',
  ],
  [
    { kind: 'timed-out', after: '30m', deployment: { kind: 'unlisted' }, cause: 'x' },
    1,
    'The deployment of web:5 to web had not ended after 30m, ECS had not listed it yet: x',
  ],
  [
    { kind: 'timed-out', after: '30m', deployment: { kind: 'undescribed' }, cause: undefined },
    1,
    'How the deployment of web:5 to web goes is not known after 30m, as AWS did not once answer what its status is',
  ],
  [{ kind: 'superseded', by: 'ecs-svc/9' }, 1, 'The deployment of web:5 to web was superseded by ecs-svc/9'],
  [{ kind: 'stopped', cause: 'x' }, 1, 'The deployment of web:5 to web was stopped: x'],
  [
    { kind: 'rolled-back', cause: 'x', to: 'web:4' },
    1,
    'web:5 failed on web and ECS rolled back to web:4: x',
  ],
  [{ kind: 'rolled-back', cause: 'x', to: undefined }, 1, 'web:5 failed on web and ECS rolled back: x'],
  [{ kind: 'rollback-failed', cause: 'x' }, 1, 'web:5 failed on web, and so did the rollback: x'],
])('%j ends the step with %i', (outcome, code, message) => {
  expect(exitCode(outcome)).toBe(code)
  expect(messageOf(outcome, { service: 'web', what: 'web:5' })).toBe(message)
})

test('what does not run any more is told in the past', () => {
  const outcome = { kind: 'unhealthy', cause: 'x' } as const
  expect(messageOf(outcome, { service: 'web', what: 'web:5', broughtBack: true })).toBe(
    'web ran web:5 and was not healthy: x',
  )
})
