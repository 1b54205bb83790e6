/**
 * `npm run docs`: writes the tables of each action's README and its page in action-docs/reference from action.yml.
 * With `--check` nothing is written and the exit code says whether anything would change.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { actionNames, root } from '../repository.ts'
import { readmeOf, referenceOf } from './pages.ts'

const check = process.argv.includes('--check')

function current(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

for (const name of actionNames()) {
  const pages = [
    { path: join('actions', name, 'README.md'), text: await readmeOf(root, name) },
    { path: join('action-docs/reference', `${name}.md`), text: await referenceOf(root, name) },
  ]
  for (const { path, text } of pages) {
    if (current(join(root, path)) === text) continue
    if (check) {
      console.error(`${path} is not current: run npm run docs`)
      process.exitCode = 1
    } else {
      writeFileSync(join(root, path), text)
      console.log(`wrote ${path}`)
    }
  }
}
