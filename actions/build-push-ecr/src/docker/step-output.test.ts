import { expect, test } from 'vitest'
import { stepOutput } from './step-output.ts'

test('the last lines are those of the step that failed, however much the others write', () => {
  const output = stepOutput()
  output.line('#7 [b 2/2] RUN sleep 1; echo failing; exit 5')
  for (let number = 0; number < 30; number++) output.line(`#7 0.4${number} line ${number}`)
  output.line('#5 ERROR: failed to configure registry cache importer: registry.test/web:main: not found')
  output.line('#7 ERROR: process "/bin/sh -c exit 5" did not complete successfully: exit code: 5')
  for (let number = 0; number < 500; number++) output.line(`#6 1.4${number} noise ${number}`)
  output.line('#6 CANCELED')
  expect(output.ofFailed()).toHaveLength(20)
  expect(output.ofFailed().at(-1)).toBe('line 29')
})

test('a build that did not fail in a command has none', () => {
  const output = stepOutput()
  output.line('#7 0.408 hello')
  expect(output.ofFailed()).toEqual([])
})
