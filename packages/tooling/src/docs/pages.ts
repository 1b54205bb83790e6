import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateActionMarkdownDocs } from 'action-docs'
import { suite } from '../suite.ts'

/** The README of an action with the tables between its action-docs markers made from action.yml. */
export async function readmeOf(root: string, action: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'action-docs-'))
  const before = process.cwd()
  try {
    // action-docs rewrites a README in place, so it works on a copy; its markers name their source relative to the folder.
    for (const file of ['README.md', 'action.yml'])
      copyFileSync(join(root, 'actions', action, file), join(folder, file))
    process.chdir(folder)
    await generateActionMarkdownDocs({
      sourceFile: 'action.yml',
      updateReadme: true,
      readmeFile: 'README.md',
    })
    return tidy(readFileSync(join(folder, 'README.md'), 'utf8'))
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  }
}

/** The reference page of an action: name, description, inputs and outputs, all from action.yml. */
export async function referenceOf(root: string, action: string): Promise<string> {
  const body = await generateActionMarkdownDocs({
    sourceFile: join(root, 'actions', action, 'action.yml'),
    includeNameHeader: true,
    tocLevel: 1,
  })
  // action-docs does not know where the action will be; the owner is the reader's to fill in.
  const named = body.replace('***PROJECT***@***VERSION***', `${suite}/actions/${action}@v1`)
  return tidy(`<!-- Made by npm run docs from actions/${action}/action.yml. -->\n\n${named}`)
}

/** action-docs wraps descriptions in paragraphs, which only bloat a table, and ends pages with varying blank lines. */
export function tidy(markdown: string): string {
  return `${markdown
    .replace(/<p>(.*?)<\/p>/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}
