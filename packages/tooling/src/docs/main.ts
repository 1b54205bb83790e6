/**
 * `npm run docs`: writes the tables of each action's README, and the pages of actions and reusable workflows in action-docs/reference,
 * from action.yml and the workflows, the guide to troubleshooting from the texts of the findings, and the guide to IAM policies from each
 * permissions.json; a reference page of what is no longer there is removed. With `--check` nothing is changed, and the exit code says
 * whether anything would be.
 */
import { join } from 'node:path'
import { actionNames, reusableWorkflows, root } from '../repository.ts'
import { readmeOf, referenceOf } from './pages.ts'
import { permissionsOf, policiesGuide } from './permissions.ts'
import { type Page, settlePages, stalePages } from './settle-pages.ts'
import { troubleshootingGuide } from './troubleshooting.ts'
import { workflowReferenceOf } from './workflow-page.ts'

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

if (process.argv.includes('--check')) {
  const stale = stalePages(root, pages)
  for (const problem of stale) console.error(problem)
  if (stale.length > 0) process.exitCode = 1
} else for (const done of settlePages(root, pages)) console.log(done)
