import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateActionMarkdownDocs } from 'action-docs'
import { parse } from 'yaml'
import { suite } from '../suite.ts'
import { tidy } from './pages.ts'

interface Workflow {
  on: { workflow_call: { inputs: Record<string, { required?: boolean }> } }
  jobs: Record<string, { permissions?: Record<string, string> }>
}

/** The reference page of a reusable workflow: what its first comment says, its inputs and outputs, and how to call it. */
export async function workflowReferenceOf(root: string, name: string): Promise<string> {
  const path = `.github/workflows/${name}.yml`
  const text = readFileSync(join(root, path), 'utf8')
  const sourceFile = join(root, path)
  const body = await generateActionMarkdownDocs({ sourceFile, includeNameHeader: true, tocLevel: 1 })
  // Its usage names every input without a value, which is no workflow that runs.
  const [tables = ''] = body.trimStart().split('## Usage')
  const [heading = '', ...rest] = tables.split('\n')
  const page = [heading, '', purposeOf(text), '', ...rest, '', ...usage(name, text)]
  return tidy(`<!-- Made by npm run docs from ${path}. -->\n\n${page.join('\n')}`)
}

/** The comment above `on:`. */
function purposeOf(text: string): string {
  return /^# (.*)\non:/m.exec(text)?.[1] ?? ''
}

/** The least that a caller writes: the permissions that it hands on, and the inputs that have to be given. */
function usage(name: string, text: string): string[] {
  const { jobs, on }: Workflow = parse(text)
  const rights = Object.fromEntries(
    Object.values(jobs).flatMap(({ permissions = {} }) => Object.entries(permissions)),
  )
  const required = Object.entries(on.workflow_call.inputs).filter(([, input]) => input.required)
  return [
    '## Usage',
    '',
    '```yaml',
    'jobs:',
    `  ${name}:`,
    '    permissions:',
    ...Object.entries(rights).map(([scope, right]) => `      ${scope}: ${right}`),
    `    uses: ${suite}/.github/workflows/${name}.yml@v1`,
    ...(required.length === 0 ? [] : ['    with:']),
    ...required.map(([input]) => `      ${input}: ${input.toUpperCase()}`),
    '```',
  ]
}
