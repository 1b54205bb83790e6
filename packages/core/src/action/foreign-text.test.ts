import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inert, outputText } from './foreign-text.ts'

// What .NET counts as white space and as the end of a line, which is how the runner reads a step's output.
const RUNNER_BLANK = /^[\s\u0085]+/
const RUNNER_LINE_END = /\r\n|\r|\n/

/** The runner's rule, written from its documentation and stricter than it: names are not looked up. */
function commandsIn(output: string): string[] {
  return output.split(RUNNER_LINE_END).filter((line) => {
    const trimmed = line.replace(RUNNER_BLANK, '')
    return trimmed.startsWith('::') || /##\[/.test(line)
  })
}

const COMMANDS = [
  'set-env name=PATH',
  'set-output name=outcome',
  'save-state name=x',
  'add-mask',
  'add-path',
  'add-matcher',
  'remove-matcher owner=x',
  'warning file=a.ts,line=1',
  'error title=x',
  'notice',
  'debug',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
  'WARNING',
]

const FORMS: [string, (command: string) => string][] = [
  ['at the start', (command) => `::${command}::data`],
  ['after blanks', (command) => ` \t\u00a0\u2003::${command}::data`],
  ['after a byte order mark', (command) => `\ufeff::${command}::data`],
  ['after a line feed', (command) => `text\n::${command}::data`],
  ['after a carriage return', (command) => `text\r::${command}::data`],
  ['after a line separator', (command) => `text\u2028::${command}::data`],
  ['after a vertical tab', (command) => `text\u000b::${command}::data`],
  ['behind a colour', (command) => `\u001b[31m::${command}::data`],
  ['behind a control character', (command) => `\u0007::${command}::data`],
  ['in the old form', (command) => `##[${command}]data`],
  ['in the old form inside a line', (command) => `2026-01-01 ##[${command}]data`],
  ['in the old form with a hash before', (command) => `###[${command}]data`],
  ['in the old form, put together by removals', (command) => `#\u0000#[${command}]data`],
]

describe('inert', () => {
  describe.each(FORMS)('a command %s', (_, form) => {
    test.each(COMMANDS)('%s is no command any more', (command) => {
      expect(commandsIn(inert(form(command)))).toEqual([])
      expect(inert(form(command))).toContain('data')
    })
  })

  test('what is no command stays as it is', () => {
    const text = 'a :: b\n\tindented ### [x] #1\narn:aws:ecs::x'
    expect(inert(text)).toBe(text)
  })

  test('shows where a command was', () => {
    expect(inert('  ::error::x ##[group]y')).toBe('  \\::error::x #\\#[group]y')
  })

  const pieces = fc.constantFrom(
    '::',
    ':',
    '##[',
    '#',
    '[',
    ']',
    '\n',
    '\r',
    ' ',
    '\t',
    '\u2028',
    '\u0085',
    '\u001b[0m',
    '\u009b',
    'error',
    '\ufeff',
  )
  const hostile = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'grapheme' })), { maxLength: 30 })
    .map((parts) => parts.join(''))

  test('never leaves a line that the runner would act upon', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(commandsIn(inert(text))).toEqual([])
      }),
    )
  })

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(inert(inert(text))).toBe(inert(text))
      }),
    )
  })

  test('takes a million blank lines in its stride', () => {
    const started = performance.now()
    inert('\n'.repeat(1_000_000))
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

test('an output is harmless in a step that echoes it', () => {
  expect(outputText('::error::a ##[error]b')).toBe('\\::error::a #\\#[error]b')
  expect(outputText('arn:aws:ecs:us-east-1:111122223333:service/prod/web')).toBe(
    'arn:aws:ecs:us-east-1:111122223333:service/prod/web',
  )
})

test('an output of JSON stays the same JSON, and holds no command', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('##[error]', '::error::', '###[[', '\\##['),
      (value, command) => {
        const written = JSON.stringify([value, { [command]: command }])
        const text = outputText(written)
        expect(text).not.toContain('##[')
        expect(JSON.parse(text)).toEqual(JSON.parse(written))
      },
    ),
  )
})
