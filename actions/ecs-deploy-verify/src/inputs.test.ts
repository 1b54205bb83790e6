import { expect, test } from 'vitest'
import { inputs } from './inputs.ts'

test('all mistakes are told at once, in the words of the user', () => {
  const env = {
    INPUT_TIMEOUT: 'ten',
    INPUT_IMAGES: 'app=\nrepo v1',
    'INPUT_WAIT-UNTIL': 'done',
    'INPUT_DESIRED-COUNT': '-1',
  }
  expect(() => inputs.read(env)).toThrow(
    [
      '6 problems with the inputs:',
      'service: is required: the name or ARN of the ECS service',
      'images: line 1: expected container=image or an image, written repository:tag or repository@sha256:…, got "app="',
      'images: line 2: expected container=image or an image, written repository:tag or repository@sha256:…, got "repo v1"; write one per line',
      'desired-count: expected a whole number of 0 or more, got "-1"',
      'wait-until: expected completed or started, got "done"',
      'timeout: expected a duration such as 10m, of 1s or more, got "ten"',
    ].join('\n'),
  )
})

const verify = { INPUT_SERVICE: 'web', INPUT_MODE: 'verify' }

test.each<[Record<string, string>, string]>([
  [
    { 'INPUT_DRY-RUN': 'true' },
    'dry-run: makes no sense with mode: verify, which only looks; leave it out, or use mode: deploy',
  ],
  [
    { 'INPUT_DRY-RUN': 'true', 'INPUT_ON-CANCEL': 'rollback', INPUT_PROOF: 'digest' },
    'on-cancel, dry-run: make no sense with mode: verify, which only looks; leave them out, or use mode: deploy',
  ],
  [
    { 'INPUT_DRY-RUN': 'true', INPUT_TIMEOUT: 'ten' },
    [
      '2 problems with the inputs:',
      'timeout: expected a duration such as 10m, of 1s or more, got "ten"',
      'dry-run: makes no sense with mode: verify, which only looks; leave it out, or use mode: deploy',
    ].join('\n'),
  ],
])('mode: verify with %o tells in one sentence what only deploying needs', (given, message) => {
  expect(() => inputs.read({ ...verify, ...given })).toThrow(expect.objectContaining({ message }))
})

test('mode: verify takes the defaults of what only deploying needs, and mode: deploy takes all', () => {
  expect(inputs.read({ ...verify, 'INPUT_DRY-RUN': 'false', INPUT_CONCURRENCY: 'wait' }).mode).toBe('verify')
  expect(inputs.read({ INPUT_SERVICE: 'web', 'INPUT_DRY-RUN': 'true' }).dryRun).toBe(true)
})

test('lines of probes that stand on one line are told to be split', () => {
  expect(() =>
    inputs.read({ INPUT_SERVICE: 'web', INPUT_PROBES: 'https://a.example, https://b.example' }),
  ).toThrow(/^probes: line 1: .*; write one per line$/)
})
