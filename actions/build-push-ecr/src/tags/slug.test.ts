import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TAG_FORM } from '../input-forms.ts'
import { slug } from './slug.ts'

const whole = (name: string) => slug(name, { longest: 128 })

test.each([
  ['main', /^main$/],
  ['feature-a', /^feature-a$/],
  ['release_1.2', /^release_1\.2$/],
  ['feature/a', /^feature-a\.[0-9a-f]{8}$/],
  ['.hidden', /^hidden\.[0-9a-f]{8}$/],
  ['-x', /^x\.[0-9a-f]{8}$/],
  ['日本', /^ref\.[0-9a-f]{8}$/],
  ['seems.0123abcd', /^seems\.0123abcd\.[0-9a-f]{8}$/],
])('%s becomes %s', (name, expected) => {
  expect(whole(name)).toMatch(expected)
})

const names = fc.oneof(
  fc.string({ minLength: 1, maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', '.', '_', 'é', '0'), minLength: 1, maxLength: 200 }),
)

test('every name makes a valid tag of the asked length', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 20, max: 128 }), (name, longest) => {
      const made = slug(name, { longest })
      expect(made).toMatch(TAG_FORM)
      expect(made.length).toBeLessThanOrEqual(longest)
    }),
  )
})

test('names that differ make tags that differ', () => {
  fc.assert(
    fc.property(names, names, (one, other) => {
      fc.pre(one !== other)
      expect(slug(one, { longest: 87 })).not.toBe(slug(other, { longest: 87 }))
    }),
  )
  expect(whole('feature/a')).not.toBe(whole('feature-a'))
  expect(whole(whole('feature/a'))).not.toBe(whole('feature/a'))
})

test('a reserved name is marked', () => {
  expect(slug('latest', { longest: 128, reserved: /^latest$/ })).toMatch(/^latest\.[0-9a-f]{8}$/)
})
