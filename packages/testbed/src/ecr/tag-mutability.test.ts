import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayMove } from './tag-mutability.ts'

const tags = fc.stringMatching(/^[0-9a-zA-Z_][0-9a-zA-Z._-]{0,20}$/)
const filters = fc.stringMatching(/^[0-9a-zA-Z._-]{1,5}\*?[0-9a-zA-Z._-]{0,5}$/)

test('the two settings with exclusions are each the inverse of the other', () => {
  fc.assert(
    fc.property(tags, fc.array(filters, { minLength: 1, maxLength: 5 }), (tag, exclusions) => {
      const moves = mayMove({ setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions }, tag)
      expect(mayMove({ setting: 'MUTABLE_WITH_EXCLUSION', exclusions }, tag)).toBe(!moves)
    }),
  )
})

test('a tag is excluded by itself and by its beginning, and by no part of it alone', () => {
  fc.assert(
    fc.property(tags, tags, (tag, more) => {
      const moves = (filter: string, name: string) =>
        mayMove({ setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: [filter] }, name)
      expect(moves(tag, tag)).toBe(true)
      expect(moves(`${tag}*`, `${tag}${more}`)).toBe(true)
      expect(moves(tag, `${tag}${more}`)).toBe(false)
    }),
  )
})
