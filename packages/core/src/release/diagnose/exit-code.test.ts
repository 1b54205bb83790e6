import { expect, test } from 'vitest'
import { explainExitCode } from './exit-code.ts'

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
