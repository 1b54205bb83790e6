import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import { parseDocument } from './read.ts'

function problem(text: string, path: string): { message: string; cause: unknown } {
  try {
    parseDocument(text, path)
  } catch (error) {
    if (error instanceof ActionError) return { message: error.message, cause: error.cause }
  }
  throw new Error('it was read')
}

const secret = 'hunter2'

test.each([
  [
    'a bracket that is not closed',
    `{\n  "v": "${secret}",\n  "c": [}\n}`,
    'unexpected "}" at line 3, column 9',
  ],
  ['a comma too many in a list', `["${secret}",]`, 'unexpected "]" at line 1, column 12'],
  ['a word without quotes', `{"v": ${secret}}`, 'unexpected "h" at line 1, column 7'],
  [
    'a comma too many in an object',
    `{"v": "${secret}",}`,
    'Expected double-quoted property name in JSON at line 1, column 17',
  ],
  [
    'an end that is missing',
    `{\n"v": "${secret}"`,
    "Expected ',' or '}' after property value in JSON at line 2, column 15",
  ],
  ['nothing', '', 'it ends too early, at line 1, column 1'],
])('JSON with %s', (_, text, reason) => {
  const { cause, message } = problem(text, 'task.json')
  expect(message).toBe(`task.json: cannot be read as JSON: ${reason}`)
  expect(cause).toBeUndefined()
})

test.each([
  [
    'a bracket that is not closed',
    `v: ${secret}\nc: [\n`,
    'Flow sequence in block collection must be sufficiently indented and end with a ] at line 3, column 1',
  ],
  ['a text in the way', `v: "${secret}" "${secret}"\n`, expect.stringMatching(/at line 1, column 14$/)],
  ['a name given twice', `v: ${secret}\nv: 1\n`, 'Map keys must be unique at line 2, column 1'],
  ['a tab', `v:\n\t- ${secret}\n`, expect.stringMatching(/at line 2, column 1$/)],
])('YAML with %s', (_, text, reason) => {
  const { cause, message } = problem(text, 'task.yml')
  expect(message.replace('task.yml: cannot be read as YAML: ', '')).toEqual(reason)
  expect(message).not.toContain(secret)
  expect(cause).toBeUndefined()
})

test('good documents are read', () => {
  expect(parseDocument('{"a": [1]}', 'task.json')).toEqual({ a: [1] })
  expect(parseDocument('a: [1]', 'task.yml')).toEqual({ a: [1] })
})
