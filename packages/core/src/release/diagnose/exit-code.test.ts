import { expect, test } from 'vitest'
import { explainDeath, explainExitCode } from './exit-code.ts'

test.each([
  [0, /by itself, without an error/],
  [1, /^the program ended with an error$/],
  [126, /cannot be executed/],
  [127, /not found/],
  [134, /SIGABRT/],
  [137, /SIGKILL: out of memory/],
  [139, /segmentation fault/],
  [143, /SIGTERM/],
  [2, /^the program ended with an error of its own$/],
  [128, /an error of its own/],
  [129, /^ended by signal 1$/],
  [159, /^ended by signal 31$/],
  [160, /an error of its own/],
  [255, /an error of its own/],
])('%i', (code, meaning) => {
  expect(explainExitCode(code)).toMatch(meaning)
})

test.each([
  [0, 'ServiceSchedulerInitiated', /told to stop and ended cleanly/],
  [137, 'ServiceSchedulerInitiated', /killed when the stop time-out was over/],
  [143, 'UserInitiated', /told to stop and let SIGTERM end it/],
  [1, 'ServiceSchedulerInitiated', /^the program ended with an error$/],
  [0, 'EssentialContainerExited', /by itself, without an error/],
  [137, undefined, /out of memory/],
])('%i in a task with the stop code %s', (code, stopCode, meaning) => {
  expect(explainDeath(code, stopCode)).toMatch(meaning)
})
