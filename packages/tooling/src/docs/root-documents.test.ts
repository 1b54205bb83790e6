import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { actionNames, reusableWorkflows, root } from '../repository.ts'

const textOf = (name: string): string => readFileSync(join(root, name), 'utf8')
const linksIn = (name: string): string[] =>
  [...textOf(name).matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, target = '']) => target)

describe.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'])('%s', (name) => {
  test('its links lead somewhere', () => {
    expect(linksIn(name).filter((target) => !existsSync(join(root, target)))).toEqual([])
  })
})

test('the README leads to what to do about a vulnerability, and to what has changed', () => {
  expect(linksIn('README.md')).toEqual(expect.arrayContaining(['SECURITY.md', 'CHANGELOG.md']))
})

test('a vulnerability is reported in private', () => {
  expect(textOf('SECURITY.md')).toContain('private vulnerability reporting')
})

test('the changelog names every action and every reusable workflow that there is', () => {
  for (const name of [...reusableWorkflows().map((each) => `${each}.yml`), ...actionNames()])
    expect(textOf('CHANGELOG.md')).toContain(`\`${name}\``)
})
