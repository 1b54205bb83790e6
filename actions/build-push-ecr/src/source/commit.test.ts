import { expect, test } from 'vitest'
import { commitIn } from './commit.ts'

const COMMIT = '467d8dfff9fc5ed7d77783b8f6bd87c0e0fed10e'

test.each([
  ['an address by HTTPS', `https://github.com/octo-org/shop.git#${COMMIT}`],
  ['a folder of it', `https://github.com/octo-org/shop.git#${COMMIT}:services/web`],
  ['an address by SSH', `git@github.com:octo-org/shop.git#${COMMIT}`],
  ['a git URL', `git://git.example.com/shop#${COMMIT}`],
  ['the short form', `github.com/octo-org/shop#${COMMIT}`],
])('a full commit is read from %s', (_, context) => {
  expect(commitIn(context)).toBe(COMMIT)
})

test.each([
  ['a folder', '.'],
  ['the default branch', 'https://github.com/octo-org/shop.git'],
  ['a branch', 'https://github.com/octo-org/shop.git#main'],
  ['a git tag', 'https://github.com/octo-org/shop.git#v1.2.3:services/web'],
  ['a short commit', `https://github.com/octo-org/shop.git#${COMMIT.slice(0, 12)}`],
  ['more than a commit', `https://github.com/octo-org/shop.git#${COMMIT}0`],
  ['a folder called so', `https://github.com/octo-org/shop.git#main:${COMMIT}`],
  ['a tarball', `https://example.com/shop.tar.gz#${COMMIT}`],
  ['a tarball that the server calls as it likes', `https://example.com/get?name=shop.git#${COMMIT}`],
])('none is read from %s', (_, context) => {
  expect(commitIn(context)).toBeUndefined()
})
