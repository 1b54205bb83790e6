import { mkdirSync, mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settlePages, stalePages } from './settle-pages.ts'

test('pages are written, and those about nothing that exists are removed', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'docs-'))
  const root = folder.path
  const reference = join(root, 'action-docs/reference')
  mkdirSync(join(reference, 'workflows'), { recursive: true })
  writeFileSync(join(reference, 'kept.md'), 'new')
  writeFileSync(join(reference, 'old.md'), 'old')
  writeFileSync(join(reference, 'gone.md'), 'gone')
  writeFileSync(join(reference, 'workflows/gone.md'), 'gone')
  const pages = ['kept', 'old'].map((name) => ({ path: `action-docs/reference/${name}.md`, text: 'new' }))
  pages.push({ path: 'actions/a/README.md', text: 'new' })

  expect(stalePages(root, pages)).toEqual([
    'action-docs/reference/old.md is not current: run npm run docs',
    'actions/a/README.md is not current: run npm run docs',
    'action-docs/reference/gone.md is about nothing that exists: run npm run docs',
    'action-docs/reference/workflows/gone.md is about nothing that exists: run npm run docs',
  ])
  expect(settlePages(root, pages)).toEqual([
    'wrote action-docs/reference/old.md',
    'wrote actions/a/README.md',
    'removed action-docs/reference/gone.md',
    'removed action-docs/reference/workflows/gone.md',
  ])
  expect(stalePages(root, pages)).toEqual([])
  expect(readdirSync(reference).toSorted()).toEqual(['kept.md', 'old.md', 'workflows'])
  expect(readFileSync(join(root, 'actions/a/README.md'), 'utf8')).toBe('new')
})
