import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Page {
  /** From the root. */
  path: string
  text: string
}

/** Folders that hold these pages and nothing else: a page of what is no longer there would still be read. */
const OWN_FOLDERS = ['action-docs/reference', 'action-docs/reference/workflows']

/** What differs from `pages` below `root`, as sentences. */
export function stalePages(root: string, pages: readonly Page[]): string[] {
  return [
    ...outdated(root, pages).map(({ path }) => `${path} is not current: run npm run docs`),
    ...orphans(root, pages).map((path) => `${path} is about nothing that exists: run npm run docs`),
  ]
}

/** Makes it so that nothing differs; says what was done. */
export function settlePages(root: string, pages: readonly Page[]): string[] {
  const written = outdated(root, pages)
  for (const { path, text } of written) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const removed = orphans(root, pages)
  for (const path of removed) rmSync(join(root, path))
  return [...written.map(({ path }) => `wrote ${path}`), ...removed.map((path) => `removed ${path}`)]
}

function outdated(root: string, pages: readonly Page[]): Page[] {
  return pages.filter(({ path, text }) => current(join(root, path)) !== text)
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function orphans(root: string, pages: readonly Page[]): string[] {
  return OWN_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ).filter((found) => !pages.some(({ path }) => path === found))
}
