import { expect, test } from 'vitest'
import { table } from './table.ts'

test('columns are as wide as their widest cell and numbers stand to the right', () => {
  expect(
    table(
      ['name', 'n'],
      [
        ['a', '1'],
        ['longer', '100'],
      ],
    ),
  ).toEqual(['name     n', '──────   ───', 'a          1', 'longer   100'])
})
