import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCommand } from './command-line.ts'

test.each([
  ['data alone', '::debug::text', 'debug', {}, 'text'],
  ['leading blanks', ' \t::debug::text', 'debug', {}, 'text'],
  ['upper case', '::ERROR::text', 'error', {}, 'text'],
  ['properties', '::error file=a.ts,line=3::m', 'error', { file: 'a.ts', line: '3' }, 'm'],
  ['a property with an equals sign', '::error title=a=b::m', 'error', { title: 'a=b' }, 'm'],
  ['a property without a value', '::error title=,file=a,line::m', 'error', { file: 'a' }, 'm'],
  ['property names in any case', '::error endLine=3::m', 'error', { endline: '3' }, 'm'],
  ['the first double colon ends it', '::warning::a::b::c', 'warning', {}, 'a::b::c'],
  ['codes in data', '::notice::a%0Ab%0Dc%2525%3A', 'notice', {}, 'a\nb\rc%25%3A'],
  ['an encoded percent sign is decoded last', '::notice::%250A', 'notice', {}, '%0A'],
  ['codes in properties', '::error title=a%2Cb%3A%0A%25::m', 'error', { title: 'a,b:\n%' }, 'm'],
  ['no data', '::endgroup::', 'endgroup', {}, ''],
  ['brackets', '##[error]text', 'error', {}, 'text'],
  ['brackets anywhere', 'before ##[warning file=a;line=2]text', 'warning', { file: 'a', line: '2' }, 'text'],
  ['codes in brackets', '##[error title=a%3Bb%5D]x%0Ay', 'error', { title: 'a;b]' }, 'x\ny'],
  ['brackets after unknown colons', '::unknown::##[group]x', 'group', {}, 'x'],
])('%s', (_, line, name, properties, data) => {
  expect(parseCommand(line)).toEqual({ name, properties, data })
})

test.each([
  ['text before the colons', 'x ::error::m'],
  ['no second double colon', '::error m'],
  ['an unknown name', '::explode::m'],
  ['no name', '::::m'],
  ['a blank before the name', ':: error::m'],
  ['one colon', ':error:m'],
  ['an open bracket', '##[error m'],
  ['an unknown name in brackets', '##[section]m'],
  ['one hash', '#[error]m'],
  ['nothing', ''],
])('%s is ordinary output', (_, line) => {
  expect(parseCommand(line)).toBeUndefined()
})

test('the token that resumes commands counts as a name', () => {
  expect(parseCommand('::Some-Token::', 'some-token')?.name).toBe('some-token')
  expect(parseCommand('::some-token::')).toBeUndefined()
})

test('what the toolkit encodes is read back', () => {
  const encoded = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (text: string) => encoded(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const title = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text)
  fc.assert(
    fc.property(
      title,
      fc.string({ unit: fc.constantFrom('%', '2', '5', '0', 'A', '\n', '\r', ':', ',', 'é') }),
      (title, data) => {
        const command = parseCommand(`::error title=${property(title)}::${encoded(data)}`)
        expect(command).toEqual({ name: 'error', properties: { title }, data })
      },
    ),
  )
})
