/**
 * `npm run docs`: writes the tables of each action's README and its page in action-docs/reference from action.yml, and the guide to
 * troubleshooting from the texts of the findings.
 * With `--check` nothing is written and the exit code says whether anything would change.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { actionNames, root } from '../repository.ts'
import { readmeOf, referenceOf } from './pages.ts'
import { troubleshootingGuide } from './troubleshooting.ts'

const check = process.argv.includes('--check')

function current(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function update(path: string, text: string): void {
  if (current(join(root, path)) === text) return
  if (check) {
    console.error(`${path} is not current: run npm run docs`)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    console.log(`wrote ${path}`)
  }
}

for (const name of actionNames()) {
  update(join('actions', name, 'README.md'), await readmeOf(root, name))
  update(join('action-docs/reference', `${name}.md`), await referenceOf(root, name))
}
update('action-docs/guides/troubleshooting.md', troubleshootingGuide())
