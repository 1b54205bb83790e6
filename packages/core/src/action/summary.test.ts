import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { code, link, newSummary, SUMMARY_BUDGET, type Summary } from './summary.ts'

test('a page reads as it was built', () => {
  const page = newSummary()
    .heading('web <succeeded>')
    .sentence(
      'Image ',
      code('app:v2`|'),
      ' runs, see ',
      link('the service', 'https://example.com/a?b=c&d'),
      '.',
    )
    .table(['Task', 'Digest'], [['a|b', code('sha256:0')], ['only one']])
    .details('Log of web_1', 'line 1\n```\n::error::x')
    .markdown()
  expect(page.split('\n')).toEqual([
    '## web &lt;succeeded&gt;',
    '',
    'Image <code>app:v2\\`&#124;</code> runs, see [the service](https://example.com/a?b=c&d).',
    '',
    '| Task | Digest |',
    '| --- | --- |',
    '| a&#124;b | <code>sha256:0</code> |',
    '| only one |  |',
    '',
    '<details><summary>Log of web_1</summary>',
    '',
    '````',
    'line 1',
    '```',
    '::error::x',
    '````',
    '',
    '</details>',
    '',
    '',
  ])
})

test.each(['javascript:alert(1)', 'https://example.com/)[x](y', 'https://example.com/ a', '//example.com'])(
  'a link to %s is only text',
  (url) => {
    expect(newSummary().sentence(link('x', url)).markdown()).toBe('x\n\n')
  },
)

test('an empty page is empty', () => {
  expect(newSummary().markdown()).toBe('')
})

describe('the budget', () => {
  const long = 'é'.repeat(600_000)

  test('the longest details are shortened first and say so', () => {
    const page = newSummary().details('short', 'kept whole').details('long', `first ${long} last`).markdown()
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(SUMMARY_BUDGET)
    expect(Buffer.byteLength(page)).toBeGreaterThan(SUMMARY_BUDGET - 1000)
    expect(page).toContain('kept whole')
    expect(page).toMatch(/first é+\n\[… \d+ characters left out: .*\]\né+ last/)
  })

  test('a page whose tables alone are too long loses its end and says so', () => {
    const page = newSummary()
      .heading('Outcome')
      .table(['x'], [[long]])
      .details('log', 'x')
      .markdown()
    expect(page).toBe(
      '## Outcome\n\n_The rest of this page was left out: it is longer than GitHub shows._\n\n',
    )
  })

  type Part = (summary: Summary) => Summary
  const content = fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.repeat(7))
  const part: fc.Arbitrary<Part> = fc.oneof(
    content.map(
      (text): Part =>
        (summary) =>
          summary.details('log', text),
    ),
    content.map(
      (text): Part =>
        (summary) =>
          summary.sentence(text),
    ),
    content.map(
      (text): Part =>
        (summary) =>
          summary.table(['a', 'b'], [[text, code(text)]]),
    ),
  )

  test('holds for every page', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.integer({ min: 0, max: 20_000 }), (parts, budget) => {
        const summary = newSummary()
        for (const add of parts) add(summary)
        const page = summary.markdown(budget)
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(budget)
        // A cut through a surrogate pair would show up as a replacement character after encoding.
        expect(Buffer.from(page).toString()).toBe(page)
      }),
    )
  })
})
