import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { completed, documentedWorkflows } from './documented.ts'

const step = '- run: ls\n'
const whole = `on: push\njobs:\n  job:\n    runs-on: ubuntu-24.04\n    steps:\n      ${step}`

test.each([
  ['a workflow stays as it is', `name: X\n${whole}`, `name: X\n${whole}`],
  ['jobs get an event', whole.replace('on: push\n', ''), whole],
  ['steps get a job', `steps:\n  ${step}`, whole],
  ['a list of steps gets a job', step, whole],
  ['other YAML is no part of a workflow', 'rules:\n  - a\n', undefined],
])('%s', (_, text, expected) => {
  const workflow = completed(text)
  expect(workflow && parse(workflow)).toEqual(expected && parse(expected))
})

test('a step that takes the image of a build comes after one', () => {
  const part = parse(
    completed(`- uses: a/b@v1\n  with:\n    images: \${{ needs.build.outputs.uri }}\n`) ?? '',
  )
  expect(part.jobs.job.needs).toBe('build')
  expect(Object.keys(part.jobs.build.outputs)).toEqual(['uri', 'image'])
})

test('those of the README, the guides and the reference are among the documented ones', () => {
  const where = documentedWorkflows().map((workflow) => workflow.where.replace(/:\d+$/, ''))
  const documents = [
    'README.md',
    'action-docs/guides/approvals.md',
    'action-docs/reference/workflows/deploy.md',
  ]
  for (const document of documents) expect(where).toContain(document)
})
