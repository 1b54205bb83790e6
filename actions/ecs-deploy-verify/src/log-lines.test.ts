import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inputs } from './inputs.ts'
import { logLines } from './log-lines.ts'

function event(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'event-')), 'event.json')
  writeFileSync(path, text)
  return path
}

test.each([
  ['a private repository', '{"repository":{"private":true}}', '', 20],
  ['a public repository', '{"repository":{"private":false}}', '', 0],
  ['a public repository, asked for', '{"repository":{"private":false}}', '5', 5],
  ['none wanted', '{"repository":{"private":true}}', '0', 0],
  ['an event without a repository, as that of a schedule', '{"schedule":"0 6 * * *"}', '', 0],
  ['an event that is no JSON', 'x', '', 0],
])('%s', (_, text, given, expected) => {
  const env = { GITHUB_EVENT_PATH: event(text), INPUT_SERVICE: 'web', 'INPUT_LOG-LINES': given }
  expect(logLines({ env, inputs: inputs.read(env) })).toBe(expected)
})

test.each([
  [undefined, 20],
  ['', 20],
  ['/nowhere/event.json', 0],
])('without an event file (%s)', (path, expected) => {
  const env = { GITHUB_EVENT_PATH: path }
  expect(logLines({ env, inputs: inputs.read({ INPUT_SERVICE: 'web' }) })).toBe(expected)
})
