import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ACTION, annotations, startStep } from './step.fixture.ts'

test('a step that ends well sets its outputs and writes its page', async () => {
  await using step = await startStep(`
    log.info('Deploying ' + inputs.service)
    summary.heading('web')
    return { outputs: { outcome: 'succeeded', message: 'two\\nlines' } }`)
  const run = await step.finished
  expect(run).toEqual({
    exitCode: 0,
    log: 'main loaded\nDeploying web\n',
    errors: '',
    outputs: { outcome: 'succeeded', message: 'two\nlines' },
    summary: expect.stringContaining('## web'),
  })
})

test('wrong inputs are reported before main is loaded', async () => {
  await using step = await startStep('return { outputs: {} }', {})
  const run = await step.finished
  expect(run.exitCode).toBe(1)
  expect(run.log).toBe('::error::service: is required: the name of the service\n')
})

test('a foreseen failure fails the step with one annotation, and its outputs stand', async () => {
  await using step = await startStep(`
    return { outputs: { outcome: 'rolled-back' }, failure: 'Rolled back: 100% failed', hint: 'Look at it.' }`)
  const run = await step.finished
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toEqual({ outcome: 'rolled-back' })
  expect(annotations(run.log)).toEqual(['::error::Rolled back: 100%25 failed%0ALook at it.'])
})

test('an ActionError shows its causes in a group and itself in one annotation; earlier outputs and the page stand', async () => {
  await using step = await startStep(`
    output('task-definition-arn', 'web:8')
    summary.heading('web')
    const cause = Object.assign(new Error('denied\\n::set-output name=x::y'), { $metadata: { requestId: 'r-1' } })
    throw new ActionError('access-denied', 'Could not update ##[group]web', { hint: 'Add it.', cause })`)
  const run = await step.finished
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toEqual({
    'task-definition-arn': 'web:8',
    outcome: 'failed',
    findings: '[]',
    message: 'Could not update ##[group]web',
  })
  expect(run.summary).toContain('## web')
  expect(run.log.split('\n').slice(1)).toEqual([
    '::group::Details of the error',
    'Error: denied',
    '\\::set-output name=x::y (requestId r-1)',
    '::endgroup::',
    '::error::Could not update #\\#[group]web%0AAdd it.',
    '',
  ])
})

test.each([
  ['a string', "throw 'just text'", 'Unexpected failure: just text'],
  ['nothing', 'throw undefined', 'Unexpected failure: undefined'],
  [
    'an object without a prototype',
    'throw Object.assign(Object.create(null), { a: 1 })',
    'Unexpected failure: [Object: null prototype] { a: 1 }',
  ],
  [
    'an error of another kind',
    "throw new TypeError('x is not a function')",
    'Unexpected failure: TypeError: x is not a function',
  ],
  [
    'a rejection that nobody awaits',
    "void Promise.reject(new Error('lost')); await clock.sleep(20); return { outputs: {} }",
    'Unexpected failure: Error: lost',
  ],
  [
    'an exception in a timer',
    "setTimeout(() => { throw new Error('late') }, 1); await clock.sleep(60000)",
    'Unexpected failure: Error: late',
  ],
  [
    'a promise that never settles',
    'await new Promise(() => {})',
    'Unexpected failure: the action stopped before it was done',
  ],
])('%s fails the step', async (_, main, message) => {
  await using step = await startStep(main)
  const run = await step.finished
  expect(run.exitCode).not.toBe(0)
  expect(annotations(run.log)).toHaveLength(1)
  expect(run.log).toContain(`::error::${message}`)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s aborts the signal, and the step ends cancelled',
  async (name) => {
    await using step = await startStep("log.info('waiting'); await clock.sleep(60000, signal)")
    step.child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('waiting')) step.child.kill(name)
    })
    const run = await step.finished
    expect(run.exitCode).toBe(1)
    expect(annotations(run.log)).toEqual([`::error::The step was cancelled or ran out of time (${name})`])
  },
)

test('a page that cannot be written is a warning', async () => {
  const env = { INPUT_SERVICE: 'web', GITHUB_STEP_SUMMARY: '/nowhere/summary' }
  await using step = await startStep("summary.heading('web'); return { outputs: {} }", env)
  const run = await step.finished
  expect(run.exitCode).toBe(0)
  expect(run.log).toContain('::warning::The job summary could not be written')
})

test('a step with wrong inputs says so in its outputs and on its page too', async () => {
  await using step = await startStep('return { outputs: {} }', {})
  const run = await step.finished
  expect(run.outputs).toEqual({
    outcome: 'failed',
    findings: '[]',
    message: 'service: is required: the name of the service',
  })
  expect(run.summary.trim()).toBe('## ❌ failed\n\nservice: is required: the name of the service')
})

test('outputs that were set before an error stand', async () => {
  await using step = await startStep("output('outcome', 'refused'); throw new ActionError('rejected', 'no')")
  const run = await step.finished
  expect(run.outputs).toEqual({ outcome: 'refused', findings: '[]', message: 'no' })
})

test('an output that cannot be written fails the step and hides no error', async () => {
  const env = { INPUT_SERVICE: 'web', GITHUB_OUTPUT: '/nowhere/output' }
  await using step = await startStep(
    "throw new ActionError('credentials', 'there are no AWS credentials')",
    env,
  )
  const run = await step.finished
  expect(run.exitCode).toBe(1)
  expect(annotations(run.log)).toEqual(['::error::there are no AWS credentials'])
})

test.each(['stdout', 'stderr'] as const)('a step whose %s is closed ends', async (name) => {
  await using step = await startStep(
    'for (;;) { log.info("still here"); console.error("here"); await clock.sleep(1) }',
  )
  // What can still be read of it is of no interest, and reading a closed stream is an error.
  step.finished.catch(() => {})
  step.child[name]?.destroy()
  const [exitCode] = await once(step.child, 'exit')
  expect(exitCode).toBe(1)
})

test('inputs are read without loading the AWS SDK', async () => {
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve: (name, context, next) => { if (/^@(aws-sdk|smithy)/.test(name)) throw new Error(name); return next(name, context) } })
    await import('${ACTION}')`
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '-e', script])
  const [exitCode] = await once(child, 'exit')
  expect(exitCode).toBe(0)
})
