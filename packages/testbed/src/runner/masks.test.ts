import fc from 'fast-check'
import { expect, test } from 'vitest'
import { masks } from './masks.ts'

const secret = 'p&ss "w<rd"/+?'

test.each([
  ['the value', secret],
  ['in a URI', encodeURIComponent(secret)],
  ['in JSON', 'p&ss \\"w<rd\\"/+?'],
  ['in XML', 'p&amp;ss &quot;w&lt;rd&quot;/+?'],
  ['in base64', Buffer.from(secret).toString('base64')],
])('hides it as %s', (_, shown) => {
  const hidden = masks()
  hidden.add(secret)
  expect(hidden.hide(`a ${shown} b`)).toBe('a *** b')
})

test.each([0, 1, 2])('hides it in the base64 of a longer text, %i bytes in', (before) => {
  const hidden = masks()
  hidden.add('a-long-password')
  const shown = hidden.hide(Buffer.from(`${'u'.repeat(before)}a-long-password and more`).toString('base64'))
  expect(shown).toContain('***')
  expect(Buffer.from(shown, 'base64').toString()).not.toContain('long-pass')
})

test('hides each line of a value, trimmed', () => {
  const hidden = masks()
  hidden.add('first\n  second  \n\nthird')
  expect(hidden.hide('a second b third c first d')).toBe('a *** b *** c *** d')
})

test('hides values that overlap as one', () => {
  const hidden = masks()
  hidden.add('abcd')
  hidden.add('cdef')
  expect(hidden.hide('xabcdefx')).toBe('x***x')
})

test.each(['', ' ', '\n\t\n'])('%j hides nothing', (value) => {
  const hidden = masks()
  expect(hidden.add(value)).toBe(false)
  expect(hidden.hide('a b\n\t\n')).toBe('a b\n\t\n')
})

test('no value is left in a text', () => {
  const value = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !'***'.includes(text))
  fc.assert(
    fc.property(value, fc.string(), fc.string(), (value, before, after) => {
      const hidden = masks()
      hidden.add(value)
      // Asterisks that stand in for the value may join with others around them.
      fc.pre(!value.includes('*'))
      expect(hidden.hide(`${before}${value}${after}`)).not.toContain(value)
    }),
  )
})
