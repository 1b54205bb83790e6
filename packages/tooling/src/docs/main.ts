/**
 * `npm run docs`: writes the tables of each action's README, and the pages of actions and reusable workflows in action-docs/reference,
 * from action.yml and the workflows, the guide to troubleshooting from the
 * texts of the findings, and the guide to IAM policies from each permissions.json. With `--check` nothing is written and the exit code says whether anything would change.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { actionNames, reusableWorkflows, root } from '../repository.ts'
import { readmeOf, referenceOf } from './pages.ts'
import { permissionsOf, policiesGuide } from './permissions.ts'
import { troubleshootingGuide } from './troubleshooting.ts'
import { workflowReferenceOf } from './workflow-page.ts'

interface Page {
  path: string
  text: string
}

const check = process.argv.includes('--check')

function current(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function complain(message: string): void {
  console.error(`${message}: run npm run docs`)
  process.exitCode = 1
}

const pages: Page[] = []
for (const name of actionNames()) {
  pages.push({ path: join('actions', name, 'README.md'), text: await readmeOf(root, name) })
  pages.push({ path: join('action-docs/reference', `${name}.md`), text: await referenceOf(root, name) })
}
for (const name of reusableWorkflows()) {
  const path = join('action-docs/reference/workflows', `${name}.md`)
  pages.push({ path, text: await workflowReferenceOf(root, name) })
}
pages.push({ path: 'action-docs/guides/troubleshooting.md', text: troubleshootingGuide() })
const policies = actionNames().map((name) => ({ name, permissions: permissionsOf(root, name) }))
pages.push({ path: 'action-docs/guides/iam-policies.md', text: policiesGuide(policies) })

for (const { path, text } of pages) {
  if (current(join(root, path)) === text) continue
  if (check) complain(`${path} is not current`)
  else {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    console.log(`wrote ${path}`)
  }
}

// A page of what is no longer there would still be read.
for (const folder of ['action-docs/reference', 'action-docs/reference/workflows'])
  for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith('.md'))) {
    if (pages.some(({ path }) => path === join(folder, name))) continue
    complain(`${join(folder, name)} is about nothing that exists`)
  }
