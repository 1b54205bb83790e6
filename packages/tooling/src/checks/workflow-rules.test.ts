import { expect, test } from 'vitest'
import { suite } from '../suite.ts'
import { unparsableBlocks } from './code-blocks.ts'
import { workflowRules } from './workflow-rules.ts'

const good = `name: Call
on:
  workflow_call:
    inputs:
      service:
        description: Name of the service.
        type: string
permissions: {}
defaults:
  run:
    shell: bash
jobs:
  look:
    name: Look
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      id-token: write # to assume a role
    steps:
      - uses: octo/look@0123456789abcdef0123456789abcdef01234567 # v1.2.3
      - uses: ${suite}/actions/look@v1
`

test.each<[string, (text: string) => string, string[]]>([
  ['nothing wrong', (text) => text, []],
  [
    'permissions for all jobs',
    (text) => text.replace('permissions: {}', 'permissions: read-all'),
    ['begin with permissions: {}'],
  ],
  ['no shell', (text) => text.replace('shell: bash', 'shell: sh'), ['set defaults.run.shell to bash']],
  ['no name', (text) => text.replace('    name: Look\n', ''), ['the job look has no name']],
  [
    'no time limit',
    (text) => text.replace('    timeout-minutes: 5\n', ''),
    ['the job look has no timeout-minutes'],
  ],
  [
    'no permissions of a job',
    (text) => text.replace(/ {4}permissions:\n.*\n/, ''),
    ['the job look does not say which permissions it needs'],
  ],
  [
    'all secrets handed on',
    (text) => `${text}    secrets: inherit\n`,
    ['the job look hands on all secrets: name the ones that are needed'],
  ],
  ['a secret handed on', (text) => `${text}    secrets:\n      token: x\n`, []],
  [
    'a secret without a description',
    (text) =>
      text.replace('    inputs:\n', '    secrets:\n      token:\n        required: false\n    inputs:\n'),
    ['token has no description'],
  ],
  ['no description', (text) => text.replace('Name of the service.', "''"), ['service has no description']],
  [
    'a description that breaks the table',
    (text) => text.replace('Name of the service.', 'Name or <ARN>.'),
    ['the description of service holds |, <, > or a line break, which break the generated table'],
  ],
  [
    'a description of two lines',
    (text) => text.replace('Name of the service.', '"Name\\nof the service."'),
    ['the description of service holds |, <, > or a line break, which break the generated table'],
  ],
  [
    'no description of an input that is called like an output',
    (text) =>
      text
        .replace('Name of the service.', "''")
        .replace(
          'permissions: {}',
          '    outputs:\n      service:\n        description: The service.\npermissions: {}',
        ),
    ['service has no description'],
  ],
  [
    'a description that turns italic',
    (text) => text.replace('Name of the service.', 'Or the variable ECS_THE_SERVICE.'),
    ['put the name with underscores in the description of service into backticks, or it is set in italics'],
  ],
  [
    'a permission without a reason',
    (text) => text.replace(' # to assume a role', ''),
    ['line 18: say why the permission is needed'],
  ],
  [
    'a tag of somebody else',
    (text) => text.replace(/@0123\S+ # v1.2.3/, '@v1'),
    ['line 20: pin octo/look@v1 by its SHA, with the version as a comment'],
  ],
  [
    'a SHA without its version',
    (text) => text.replace(' # v1.2.3', ''),
    [
      'line 20: pin octo/look@0123456789abcdef0123456789abcdef01234567 by its SHA, with the version as a comment',
    ],
  ],
])('a workflow with %s', (_, change, messages) => {
  const text = change(good)
  if (messages.length > 0) expect(text).not.toBe(good)
  const problems = workflowRules([{ path: '.github/workflows/x.yml', text }])
  expect(problems.map(({ message }) => message)).toEqual(messages)
})

test.each([
  ['YAML', 'yaml', 'a: [1, 2]', true],
  ['YAML with a bracket too few', 'yaml', 'a: [1, 2', false],
  ['JSON', 'json', '{"a": 1}', true],
  ['JSON with a comma too many', 'json', '{"a": 1,}', false],
  ['shell', 'sh', 'if true; then ls; fi', true],
  ['shell without its end', 'sh', 'if true; then ls', false],
  ['a diagram', 'mermaid', 'flowchart LR\n  a["x ("] --> b(c)', true],
  ['a diagram of no kind', 'mermaid', 'a --> b', false],
  ['a diagram with a bracket too few', 'mermaid', 'flowchart LR\n  a["x" --> b(c)', false],
  ['a language that nobody parses', 'cobol', 'MOVE A TO B.', false],
  ['no language', '', 'x', false],
])('a code block: %s', (_, language, text, fine) => {
  const markdown = `# Page\n\n\`\`\`${language}\n${text}\n\`\`\`\n`
  const problems = unparsableBlocks([{ path: 'action-docs/guides/x.md', text: markdown }])
  expect(problems).toHaveLength(fine ? 0 : 1)
  for (const problem of problems) expect(problem).toMatchObject({ file: 'action-docs/guides/x.md', line: 3 })
})
