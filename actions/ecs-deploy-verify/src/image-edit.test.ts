import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseImageEdit } from './image-edit.ts'

const digest = `sha256:${'a'.repeat(64)}`
const ecr = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web'

test.each<[string, string, ReturnType<typeof parseImageEdit>]>([
  ['a named image', 'app=repo:v1', { container: 'app', image: 'repo:v1' }],
  ['blanks around the sign', 'app = repo:v1', { container: 'app', image: 'repo:v1' }],
  ['a digest', `app=repo@${digest}`, { container: 'app', image: `repo@${digest}` }],
  ['a tag and a digest', `app=${ecr}:v1@${digest}`, { container: 'app', image: `${ecr}:v1@${digest}` }],
  ['a bare image', `${ecr}:v1`, { container: undefined, image: `${ecr}:v1` }],
  [
    'a host with a port',
    'app=registry:5000/team/web:v1',
    { container: 'app', image: 'registry:5000/team/web:v1' },
  ],
  ['a bare name', 'nginx', { container: undefined, image: 'nginx' }],
])('%s', (_, line, expected) => {
  expect(parseImageEdit(line)).toEqual(expected)
})

test.each([
  ['no image', 'app='],
  ['no container', '=repo:v1'],
  ['a sentence', 'app=repo v1'],
  ['two signs', 'app==repo:v1'],
  ['two digests', `app=repo@${digest}@${digest}`],
  ['a short digest', 'app=repo@sha256:aa'],
  ['a digest in capitals', `app=repo@sha256:${'A'.repeat(64)}`],
  ['another algorithm', `app=repo@sha512:${'a'.repeat(128)}`],
  ['something after the digest', `app=repo@${digest}:v1`],
  ['a URL', 'app=https://example.com/@x'],
  ['two tags', 'app=repo:v1:v2'],
  ['a placeholder', `app=${'{IMAGE}'}`],
  ['nothing', ''],
])('refused: %s', (_, line) => {
  expect(parseImageEdit(line)).toBeUndefined()
})

test('what is written for a container is what that container gets', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/)
  const image = fc.stringMatching(
    /^[a-z0-9]{1,9}(:[0-9]{2,5}\/[a-z]{1,9})?(\/[a-z]{1,9}([._-][a-z0-9]{1,9})?){0,3}(:[a-z0-9][a-z0-9._-]{0,20})?(@sha256:[0-9a-f]{64})?$/,
  )
  fc.assert(
    fc.property(name, image, (container, reference) => {
      expect(parseImageEdit(`${container}=${reference}`)).toEqual({ container, image: reference })
    }),
  )
})
