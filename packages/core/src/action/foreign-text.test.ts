import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeBlock, inert, markdown } from './foreign-text.ts'

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

describe('markdown', () => {
  test.each([
    ['a table cell', 'a | b', 'a &#124; b'],
    ['an escaped cell', 'a \\| b', 'a \\\\&#124; b'],
    ['HTML', '<img src=x onerror=y> & co', '&lt;img src=x onerror=y&gt; &amp; co'],
    ['emphasis', '*a* _b_ ~c~ `d`', '\\*a\\* \\_b\\_ \\~c\\~ \\`d\\`'],
    ['a link', '[x](https://example.com)', '\\[x\\](https://example.com)'],
    ['an image', '![x](https://example.com/y.png)', '!\\[x\\](https://example.com/y.png)'],
    ['line breaks', 'a\n\n# b\r\nc', 'a # b c'],
    ['a heading', '# a', '\\# a'],
    ['a list item', '- a', '\\- a'],
    ['a numbered item', '1. a', '1<!-- -->. a'],
    ['a number with a fraction', '50.6 MB', '50.6 MB'],
    ['a mention', 'by @octocat', 'by @<!-- -->octocat'],
    ['a reference', 'see #12', 'see #<!-- -->12'],
    ['mathematics', '$x$', '\\$x\\$'],
    [
      'an ARN, which needs nothing',
      'arn:aws:ecs:eu-west-1:111122223333:service/c/web',
      'arn:aws:ecs:eu-west-1:111122223333:service/c/web',
    ],
  ])('shows %s as text', (_, text, expected) => {
    expect(markdown(text)).toBe(expected)
  })

  test('is always one line without cell borders and elements of others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(markdown(text).replaceAll('<!-- -->', '')).not.toMatch(/[\n\r|<>]/)
      }),
    )
  })
})

describe('codeBlock', () => {
  test('keeps the text in one block whatever fences it holds', () => {
    const line = fc.constantFrom('```', '````js', '~~~', '``', 'text', '</details>', '')
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const block = codeBlock(lines.join('\n')).split('\n')
        const fence = block.at(0) ?? ''
        expect(block.at(-1)).toBe(fence)
        // Only a run of at least as many backticks would close it.
        expect(block.slice(1, -1).filter((inner) => inner.startsWith(fence))).toEqual([])
      }),
    )
  })

  test('survives very many runs of backticks', () => {
    expect(codeBlock('`a'.repeat(300_000)).startsWith('```\n')).toBe(true)
  })
})
