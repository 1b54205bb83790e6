import { expect, test } from 'vitest'
import { hasStarted, isFailing, isTerminal } from './status.ts'

test.each<[string, boolean, boolean, boolean]>([
  ['PENDING', false, false, false],
  ['IN_PROGRESS', false, false, true],
  ['SUCCESSFUL', true, false, true],
  ['STOP_REQUESTED', false, false, false],
  ['STOPPED', true, false, false],
  ['ROLLBACK_REQUESTED', false, true, false],
  ['ROLLBACK_IN_PROGRESS', false, true, false],
  ['ROLLBACK_SUCCESSFUL', true, true, false],
  ['ROLLBACK_FAILED', true, true, false],
  ['A_WORD_OF_TOMORROW', false, false, false],
])('%s: terminal %s, failing %s, started %s', (status, terminal, failing, started) => {
  expect([isTerminal(status), isFailing(status), hasStarted(status)]).toEqual([terminal, failing, started])
})
