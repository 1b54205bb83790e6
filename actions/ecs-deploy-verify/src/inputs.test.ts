import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { inputs } from './inputs.ts'

const action = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'))

test('the spec and action.yml have the same inputs, required alike and with the same defaults', () => {
  const written = Object.entries<{ required?: boolean; default?: string }>(action.inputs).map(
    ([name, input]) => [name, { required: input.required ?? false, default: input.default }],
  )
  const specified = Object.entries(inputs.definition).map(([name, input]) => [
    name,
    { required: input.required, default: input.default },
  ])
  expect(specified).toEqual(written)
})

test('descriptions can stand in a Markdown table', () => {
  const described = [
    ...Object.values<{ description: string }>(action.inputs),
    ...Object.values<{ description: string }>(action.outputs),
  ]
  for (const { description } of described) expect(description).not.toMatch(/[|<>]|\n./)
})

test('all mistakes are told at once, in the words of the user', () => {
  const env = {
    INPUT_TIMEOUT: 'ten',
    INPUT_IMAGES: 'app=\nrepo v1',
    'INPUT_WAIT-UNTIL': 'done',
    'INPUT_DESIRED-COUNT': '-1',
  }
  expect(() => inputs.read(env)).toThrow(
    [
      '6 problems with the inputs:',
      'service: is required: the name or ARN of the ECS service',
      'images: line 1: expected container=image or an image, written repository:tag or repository@sha256:…, got "app="',
      'images: line 2: expected container=image or an image, written repository:tag or repository@sha256:…, got "repo v1"; write one per line',
      'desired-count: expected a whole number of 0 or more, got "-1"',
      'wait-until: expected completed or started, got "done"',
      'timeout: expected a duration such as 10m, of 1s or more, got "ten"',
    ].join('\n'),
  )
})
