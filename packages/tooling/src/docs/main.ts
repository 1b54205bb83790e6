/**
 * `npm run docs`: writes the tables of each action's README and its page in action-docs/reference from action.yml, and the guide
 * to IAM policies from each permissions.json.
 * With `--check` nothing is written and the exit code says whether anything would change.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { actionNames, root } from '../repository.ts'
import { readmeOf, referenceOf } from './pages.ts'
import { permissionsOf, policiesGuide } from './permissions.ts'

const check = process.argv.includes('--check')

function current(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function update({ path, text }: { path: string; text: string }): void {
  if (current(join(root, path)) === text) return
  if (check) {
    console.error(`${path} is not current: run npm run docs`)
    process.exitCode = 1
  } else {
    writeFileSync(join(root, path), text)
    console.log(`wrote ${path}`)
  }
}

for (const name of actionNames()) {
  update({ path: join('actions', name, 'README.md'), text: await readmeOf(root, name) })
  update({ path: join('action-docs/reference', `${name}.md`), text: await referenceOf(root, name) })
}
const policies = actionNames().map((name) => ({ name, permissions: permissionsOf(root, name) }))
update({ path: 'action-docs/guides/iam-policies.md', text: policiesGuide(policies) })
