import { expect, test } from 'vitest'
import { annotations, startStep } from './step.fixture.ts'

test('the page names what the step is about, and lists several problems', async () => {
  const env = { INPUT_SERVICE: 'web', INPUT_COUNT: 'many' }
  await using one = await startStep('return { outputs: {} }', env)
  expect((await one.finished).summary.trim()).toBe(
    '## ❌ web: failed\n\ncount: expected a whole number, got "many"',
  )
  await using two = await startStep('return { outputs: {} }', { INPUT_COUNT: 'many' })
  const { log, outputs, summary } = await two.finished
  expect(summary.trim()).toBe(
    [
      '## ❌ failed\n',
      '2 problems with the inputs:\n',
      '- service: is required: the name of the service',
      '- count: expected a whole number, got "many"',
    ].join('\n'),
  )
  // A notification has the first only; the log has all of them.
  expect(outputs.message).toBe(
    '2 problems with the inputs, the first of them: service: is required: the name of the service',
  )
  expect(log).toContain('%0Acount: expected a whole number, got "many"')
})

test('the page has the remedy and what a program wrote last; the annotation stands at the line at fault', async () => {
  await using step = await startStep(`
    const excerpt = { title: 'Last lines of npm ci', text: 'one\\n##[error]two' }
    const at = { file: 'app/Dockerfile', line: 3 }
    throw new ActionError('rejected', 'npm ci failed', { hint: 'Look at it.', at, excerpt })`)
  const run = await step.finished
  expect(run.summary).toContain('## ❌ web: failed\n\nnpm ci failed\n\nLook at it.\n')
  expect(run.summary).toContain('<summary>Last lines of npm ci</summary>\n\n```\none\n##[error]two\n```')
  expect(annotations(run.log)).toEqual(['::error file=app/Dockerfile,line=3::npm ci failed%0ALook at it.'])
})
