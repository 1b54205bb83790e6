import { expect, test } from 'vitest'
import { isPinned, pinned } from './image-reference.ts'

const digest = `sha256:${'a'.repeat(64)}`
test.each([
  ['web:v1', 'web'],
  ['web', 'web'],
  ['registry.example:5000/web', 'registry.example:5000/web'],
  ['registry.example:5000/team/web:v1', 'registry.example:5000/team/web'],
  [`registry.example/web:v1@sha256:${'b'.repeat(64)}`, 'registry.example/web'],
])('%s by digest', (reference, name) => {
  expect(pinned(reference, digest)).toBe(`${name}@${digest}`)
})

test('only a digest pins', () => {
  expect(isPinned(`web:v1@${digest}`)).toBe(true)
  expect(isPinned('registry.example:5000/web:sha256')).toBe(false)
})
