import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { actionNames, root } from '../repository.ts'
import { suite } from '../suite.ts'

/**
 * A copy of workflows and actions in which the suite's own references are paths, as actionlint looks into those alone: it then
 * reports inputs that do not exist, inputs that are missing, and outputs that nobody sets.
 */
export function rewrittenCopy(folder: string): string {
  mkdirSync(join(folder, '.github/workflows'), { recursive: true })
  // The project is where the .git is.
  mkdirSync(join(folder, '.git'))
  for (const name of readdirSync(join(root, '.github/workflows')))
    addWorkflow(folder, name, readFileSync(join(root, '.github/workflows', name), 'utf8'))
  for (const name of actionNames())
    for (const part of ['action.yml', 'dist'])
      cpSync(join(root, 'actions', name, part), join(folder, 'actions', name, part), { recursive: true })
  return folder
}

/** Adds a workflow, its references to the suite rewritten. */
export function addWorkflow(folder: string, name: string, text: string): void {
  const own = new RegExp(`uses: ${suite}/([^@\\s]+)@v1\\b`, 'g')
  writeFileSync(join(folder, '.github/workflows', name), text.replaceAll(own, 'uses: ./$1'))
}
