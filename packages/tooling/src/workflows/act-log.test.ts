import { expect, test } from 'vitest'
import { actLog } from './act-log.ts'

const of = (...lines: Record<string, unknown>[]) => {
  const log = actLog()
  for (const line of lines)
    log.read(JSON.stringify({ job: 'w/job   ', level: 'info', msg: '', matrix: {}, ...line }))
  return log.jobs()
}
const end = { stepResult: 'success', step: 'Deploy' }

test('a job has its steps, outputs, log, summary and result', () => {
  const [job, ...others] = of(
    { raw_output: true, msg: 'hello\n' },
    { command: 'set-output', stepID: ['deploy'], name: 'outcome', arg: 'succeeded' },
    { command: 'set-output', stepID: ['deploy'], name: 'verified', arg: 'true' },
    { command: 'summary', content: '## Page\n' },
    end,
    { jobResult: 'success' },
  )
  expect(others).toEqual([])
  expect(job).toEqual({
    name: 'w/job',
    result: 'success',
    outputs: { deploy: { outcome: 'succeeded', verified: 'true' } },
    steps: [{ name: 'Deploy', result: 'success' }],
    annotations: [],
    summary: '## Page\n',
    log: 'hello\n',
  })
})

test.each([
  ['an error', '::error::it failed\n', { level: 'error', message: 'it failed' }],
  ['several lines', '::error::a%0Ab 100%25\n', { level: 'error', message: 'a\nb 100%' }],
  [
    'an ARN, at which act cuts',
    '::warning::no role arn:aws:iam::1:role/x',
    { level: 'warning', message: 'no role arn:aws:iam::1:role/x' },
  ],
  ['a title', '::notice title=T::look', { level: 'notice', message: 'look' }],
])('an annotation: %s', (_, raw, expected) => {
  expect(of({ command: 'error', raw, level: 'error', msg: 'cut' }, end)[0]?.annotations).toEqual([expected])
})

test('what a step printed while commands were stopped is no annotation, and a caller has no steps', () => {
  expect(of({ command: 'ignored', raw: '::error::no' }, end)[0]?.annotations).toEqual([])
  expect(of({ msg: 'LocalRepositoryCache …' })).toEqual([])
})
