// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not ours.
import { expect, test } from 'vitest'
import { holds, interpolate, type Scope } from './expression.ts'

const values: Record<string, string | boolean> = {
  'github.token': 'T',
  'github.ref_protected': 'false',
  'a.b': '',
}
const scope: Scope = {
  lookup: (path) => values[path.join('.')] ?? null,
  functions: { always: () => true, success: () => false, failure: () => true },
}

test.each([
  ['no expression', 'plain ${x}', 'plain ${x}'],
  ['a context', '${{ github.token }}', 'T'],
  ['text around it', 'a-${{github.token}}-${{ github.token }}', 'a-T-T'],
  ['what does not exist', '[${{ github.event.number }}]', '[]'],
  ['a literal', "${{ 'it''s' }}", "it's"],
  ['a number', '${{ -1.50 }}', '-1.5'],
  ['a fallback', "${{ a.b || 'main' }}", 'main'],
  ['precedence', "${{ 'x' || 'y' && 'z' }}", 'x'],
  ['parentheses', "${{ ('x' || 'y') && 'z' }}", 'z'],
  ['equality without regard to case', "${{ github.token == 't' }}", 'true'],
  ['inequality', "${{ github.token != 'u' }}", 'true'],
  ['a boolean', '${{ true == false }}', 'false'],
  ['nothing equals empty text', "${{ github.none == '' }}", 'true'],
])('%s', (_, template, text) => {
  expect(interpolate(template, scope)).toBe(text)
})

test.each([
  ['always()', true],
  ['${{ success() }}', false],
  ['!success() && failure()', true],
  ['FAILURE()', true],
  ["'false'", true],
  ["''", false],
  ['0', false],
])('the condition %s is %s', (condition, expected) => {
  expect(holds(condition, scope)).toBe(expected)
})

test.each(['hashFiles()', 'a b', 'a ==', '(a', 'success(1)', "'open", '', 'a[0]'])(
  '%s is refused',
  (expression) => {
    expect(() => interpolate(`\${{${expression}}}`, scope)).toThrow('does not know this expression')
  },
)
