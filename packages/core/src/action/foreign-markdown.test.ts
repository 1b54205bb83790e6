import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeBlock, markdown, oneLine } from './foreign-text.ts'

/** What a reader sees of inline Markdown that has escapes, entities and empty comments, and nothing else. */
function shown(markdown: string): string {
  return markdown
    .replaceAll('<!-- -->', '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&#124;', '|')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

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
    ['a colour', '\u001b[31mred\u001b[0m', 'red'],
    [
      'an ARN, which needs nothing',
      'arn:aws:ecs:eu-west-1:111122223333:service/c/web',
      'arn:aws:ecs:eu-west-1:111122223333:service/c/web',
    ],
  ])('shows %s as text', (_, text, expected) => {
    expect(markdown(text)).toBe(expected)
  })

  test('shows the same as one line of the log, whatever colours and marks are in it', () => {
    const piece = fc.constantFrom(
      '\u001b[31m',
      '\u001b[0m',
      '\u001b]8;;x\u0007',
      '\u009b',
      '[',
      ']',
      '*',
      '\\',
      '`',
      '<',
      '&',
      '|',
      '#1',
      '1. ',
    )
    const text = fc
      .array(fc.oneof(piece, fc.string({ unit: 'grapheme' })), { maxLength: 20 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (foreign) => {
        expect(shown(markdown(foreign))).toBe(oneLine(foreign))
      }),
    )
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
