import { expect, test } from 'vitest'
import { aTask, older } from '../../test-data.fixture.ts'
import type { Scene } from '../observed.ts'
import { codes, seen, stopped } from '../sample.fixture.ts'

test.each<[string, string, Scene]>([
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
test.each<[string, string, Scene]>([
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

test('a reason that goes on after the words of a failed container check is one', () => {
  const tasks = [stopped('1', 'Task failed container health checks.')]
  expect(codes(seen({ tasks }))).toEqual(['container-health-check'])
})
