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
  ['an event without a repository', '{}', '', 20],
  ['an event that is no JSON', 'x', '', 20],
])('%s', (_, text, given, expected) => {
  const env = { GITHUB_EVENT_PATH: event(text), INPUT_SERVICE: 'web', 'INPUT_LOG-LINES': given }
  expect(logLines({ env, inputs: inputs.read(env) })).toBe(expected)
})

test.each([undefined, '', '/nowhere/event.json'])('without an event file (%s)', (path) => {
  expect(logLines({ env: { GITHUB_EVENT_PATH: path }, inputs: inputs.read({ INPUT_SERVICE: 'web' }) })).toBe(
    20,
  )
})
