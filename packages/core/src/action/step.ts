import { ActionError } from './action-error.ts'
import { DEFECT, failureText, reportFailure } from './failure.ts'
import type { Log } from './log.ts'

/** The running step, as far as the process is concerned. */
export interface Step {
  signal: AbortSignal
  /** The step fails, whatever happens next. */
  fail(): void
  /** The action has run to its end; the step succeeds unless something failed it. */
  done(): void
}

/**
 * The log is a pipe that the runner may have closed, or a full disk. Printing into it fails again for as long as one tries,
 * so a step without a log ends at once, and without a word.
 */
function endWithoutLog(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1))
}

/**
 * Ties the process to the step. Until `done`, the exit code is 1: a promise that never settles lets Node end quietly with 0,
 * which would pass for success. Signals of the runner (SIGINT, then SIGTERM) abort `signal`. What nobody caught is reported
 * and fails the step.
 */
export function startStep(log: Log): Step {
  const cancelled = new AbortController()
  let failed = false
  process.exitCode = 1
  endWithoutLog()

  const cancel = (name: string) => {
    cancelled.abort(new ActionError('cancelled', `The step was cancelled or ran out of time (${name})`))
  }
  const drained = () => {
    log.error(failureText('Unexpected failure: the action stopped before it was done', DEFECT))
    process.off('beforeExit', drained)
  }
  const fail = () => {
    failed = true
    process.exitCode = 1
  }
  process.on('SIGINT', cancel).on('SIGTERM', cancel).on('beforeExit', drained)
  process.on('unhandledRejection', (reason) => {
    fail()
    void reportFailure(log, reason)
  })
  // Nothing is known about the state after an exception that nobody caught, so this ends the process.
  process.on('uncaughtException', (error) => {
    void reportFailure(log, error).finally(() => process.exit(1))
  })
  return {
    signal: cancelled.signal,
    fail,
    done: () => {
      process.off('SIGINT', cancel).off('SIGTERM', cancel).off('beforeExit', drained)
      process.exitCode = failed ? 1 : 0
    },
  }
}
