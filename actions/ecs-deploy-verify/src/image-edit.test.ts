import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseImageEdit } from './image-edit.ts'

const digest = `sha256:${'a'.repeat(64)}`

test.each<[string, string, ReturnType<typeof parseImageEdit>]>([
  ['a named image', 'app=repo:v1', { container: 'app', image: 'repo:v1' }],
  ['blanks around the sign', 'app = repo:v1', { container: 'app', image: 'repo:v1' }],
  ['a digest', `app=repo@${digest}`, { container: 'app', image: `repo@${digest}` }],
  ['a digest with = in it', 'app=repo@sha256:aa=', { container: 'app', image: 'repo@sha256:aa=' }],
  [
    'a bare image',
    '1.dkr.ecr.us-east-1.amazonaws.com/web:v1',
    { container: undefined, image: '1.dkr.ecr.us-east-1.amazonaws.com/web:v1' },
  ],
  [
    'a bare image with = in it',
    'repo/web@sha256:aa=',
    { container: undefined, image: 'repo/web@sha256:aa=' },
  ],
  ['no image', 'app=', undefined],
  ['a sentence', 'app=repo v1', undefined],
  ['nothing', '', undefined],
])('%s', (_, line, expected) => {
  expect(parseImageEdit(line)).toEqual(expected)
})

test('what is written for a container is what that container gets', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/)
  const image = fc.stringMatching(/^[a-z0-9./:@=-]{1,40}$/)
  fc.assert(
    fc.property(name, image, (container, reference) => {
      expect(parseImageEdit(`${container}=${reference}`)).toEqual({ container, image: reference })
    }),
  )
})
