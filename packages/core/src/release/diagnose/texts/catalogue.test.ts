import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findingTexts } from './catalogue.ts'
import { finding } from './finding-text.ts'

const cases = findingTexts.flatMap(({ code, cases: all }) =>
  Object.entries(all).map(([name, text]) => [`${code}, ${name}`, text] as const),
)

test('each code has one section', () => {
  const codes = findingTexts.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
})

test('each code that a finding can have has a section', () => {
  // The union, as it is written: a type leaves nothing behind to be counted.
  const source = readFileSync(new URL('../../finding.ts', import.meta.url), 'utf8')
  const union = source.slice(source.indexOf('type FindingCode'), source.indexOf('export interface'))
  const codes = [...union.matchAll(/\| '([a-z-]+)'/g)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(40)
  expect(findingTexts.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
})

test('what to do about a finding is written in the catalogue, of which the guide is made, and nowhere else', () => {
  const release = new URL('../../', import.meta.url)
  const sources = globSync('**/*.ts', { cwd: release }).filter(
    (file) => !/(^|\/)texts\/|\.(test|fixture)\.ts$/.test(file),
  )
  expect(sources.length).toBeGreaterThan(80)
  // Of what is typed as a finding; mistakes in inputs have remedies too, and no section.
  const own = sources.filter((file) => {
    const source = readFileSync(new URL(file, release), 'utf8')
    return /\bFinding\b/.test(source) && /\bremedy:\s*['"`]/.test(source)
  })
  expect(own).toEqual([])
})

test.each(cases)('%s: one line of cause, one or two sentences of remedy', (_, { cause, remedy }) => {
  expect(cause).not.toMatch(/\n|\.$/)
  expect(remedy).toMatch(/^[^a-z].*\.$/)
  expect(remedy.replace(/\((?:[^()]*)\)/g, '').match(/[.](?: |$)/g)?.length).toBeLessThanOrEqual(2)
})

test('names are filled in, and values are not looked through again', () => {
  const text = { cause: '{a} and {b}', remedy: 'Do {a}.' } as const
  expect(finding({ code: 'alarm' }, text, { a: '{b}\n $&', b: 2 }, ['seen'])).toEqual({
    code: 'alarm',
    cause: '{b} $& and 2',
    remedy: 'Do {b} $&.',
    evidence: ['seen'],
  })
})
