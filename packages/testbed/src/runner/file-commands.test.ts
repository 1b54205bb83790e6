import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAssignments, parsePaths } from './file-commands.ts'

test.each<[string, string, [string, string][]]>([
  ['nothing', '', []],
  ['a line', 'a=1\n', [['a', '1']]],
  ['a line that nothing ends', 'a=1', [['a', '1']]],
  [
    'empty lines',
    '\n\na=1\n\nb=2\n',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['an empty value', 'a=\n', [['a', '']]],
  ['more equals signs', 'a=b=c\n', [['a', 'b=c']]],
  ['an equals sign before the arrows', 'a=b<<c\n', [['a', 'b<<c']]],
  ['blanks', ' a = 1 \n', [[' a ', ' 1 ']]],
  ['a carriage return', 'a=1\r\n', [['a', '1\r']]],
  ['a block', 'a<<E\none\ntwo\nE\n', [['a', 'one\ntwo']]],
  ['a block that ends with the file', 'a<<E\none\nE', [['a', 'one']]],
  ['an empty block', 'a<<E\nE\n', [['a', '']]],
  ['a block of empty lines', 'a<<E\n\n\nE\n', [['a', '\n']]],
  ['a block of one empty line', 'a<<E\n\nE\n', [['a', '']]],
  [
    'a block with commands in it',
    'a<<E\nb=1\nc<<F\n E\nE\nd=2',
    [
      ['a', 'b=1\nc<<F\n E'],
      ['d', '2'],
    ],
  ],
  ['carriage returns in a block', 'a<<E\none\r\ntwo\r\nE\n', [['a', 'one\r\ntwo\r']]],
  ['an equals sign in the delimiter', 'a<<E=\nx\nE=\n', [['a', 'x']]],
])('reads %s', (_, text, pairs) => {
  expect([...parseAssignments(text)]).toEqual(pairs)
})

test.each([
  ['neither sign', 'a=1\nwords', "Invalid format 'words'"],
  ['a block without a name', 'a=1\n<<E\nx\nE', "Invalid format '<<E'. Name must not be empty"],
  [
    'a block without a delimiter',
    'a=1\nb<<\nx',
    "Invalid format 'b<<'. Name must not be empty and delimiter",
  ],
  ['a block without its end', 'a=1\nb<<E\nx\n', "Matching delimiter not found 'E'"],
  ['a file that ends in a block', 'a=1\nb<<E\nx', 'EOF marker missing new line'],
  ['a delimiter with a carriage return', 'a=1\nb<<E\nx\nE\r\n', "Matching delimiter not found 'E'"],
])('refuses %s, after what stands before it', (_, text, message) => {
  const read: string[] = []
  expect(() => {
    for (const [name] of parseAssignments(text)) read.push(name)
  }).toThrow(message)
  expect(read).toEqual(['a'])
})

test('what the toolkit writes is read back', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/[\n\r]|=|<</.test(text) && !text.endsWith('<'))
  const value = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '=', '<', 'é', ' ') })
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const text = pairs
        .map(([name, value]) => `${name}<<ghadelimiter_1\n${value}\nghadelimiter_1\n`)
        .join('')
      expect([...parseAssignments(text)]).toEqual(pairs)
    }),
  )
})

test('paths are one a line', () => {
  expect(parsePaths('/a\n\n/b c\r\n/d')).toEqual(['/a', '/b c', '/d'])
})
