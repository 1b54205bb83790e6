import { expect, test } from 'vitest'
import { containerNames, containersOf, familyOf, textOf } from './document.ts'

test('containers and names of a document that may be anything', () => {
  expect(containersOf({})).toEqual([])
  expect(containersOf({ containerDefinitions: ['x', null, { name: 'a' }] })).toEqual([{ name: 'a' }])
  expect(containerNames({ containerDefinitions: [{ name: 'a' }, { image: 'x' }, { name: 'b' }] })).toEqual([
    'a',
    'b',
  ])
  expect(textOf({ a: 1 }, 'a')).toBeUndefined()
  expect(familyOf({ family: 'web' })).toBe('web')
})
