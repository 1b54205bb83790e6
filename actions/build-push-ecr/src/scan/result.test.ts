import { ECRClient } from '@aws-sdk/client-ecr'
import type { ImageScan } from '@ecs-release/core'
import { heardLog } from '@ecs-release/core/heard-log'
import { type Answer, scriptedEndpoint } from '@ecs-release/core/scripted-endpoint'
import { expect, test } from 'vitest'
import { scanResult } from './result.ts'

const none: Answer = { status: 400, body: { __type: 'ScanNotFoundException', message: 'none' } }
const scan = (status: string, findings: object[] = [], description = ''): Answer => ({
  body: {
    imageScanStatus: { status, description },
    imageScanFindings: { findings, findingSeverityCounts: findings.length === 0 ? {} : { HIGH: 1 } },
  },
})
const running = scan('IN_PROGRESS')
const found = scan('COMPLETE', [{ name: 'CVE-2026-1', severity: 'HIGH' }])
const empty = scan('COMPLETE')

interface Played {
  ended: ImageScan | Error
  told: string[]
  looks: number
  starts: number
  /** Milliseconds. */
  waited: number
}

/** Waits for a scan: each look sees the next of `answers`, and then the last for ever. Sleeping takes no time. */
async function play(answers: Answer[], started: Answer = { body: {} }, seconds = 300): Promise<Played> {
  const called = { StartImageScan: 0, DescribeImageScanFindings: 0 }
  await using endpoint = await scriptedEndpoint(({ operation }) => {
    if (operation === 'StartImageScan') return called.StartImageScan++ === 0 ? started : 'reset'
    return answers[called.DescribeImageScanFindings++] ?? answers.at(-1) ?? none
  })
  const ecr = new ECRClient(endpoint.config)
  const told: string[] = []
  let now = 0
  const ended = await scanResult(
    { clients: { ecr }, repository: { name: 'web' }, digest: 'sha256:d1' },
    {
      clock: {
        now: () => now,
        async sleep(milliseconds) {
          now += milliseconds
        },
      },
      log: { ...heardLog(), info: (line) => told.push(line) },
      signal: new AbortController().signal,
      until: seconds * 1000,
    },
  ).catch((error: Error) => error)
  return { ended, told, looks: called.DescribeImageScanFindings, starts: called.StartImageScan, waited: now }
}

test('a scan that has not begun is asked for once, and each state is told once', async () => {
  const played = await play([none, none, none, running, running, found])
  expect(played.ended).toMatchObject({ status: 'COMPLETE', counts: { HIGH: 1 } })
  expect(played.told).toEqual([
    'Scan of sha256:d1: not begun',
    'Scan of sha256:d1: IN_PROGRESS',
    'Scan of sha256:d1: COMPLETE',
  ])
  expect([played.looks, played.starts]).toEqual([6, 1])
})

test.each([
  ['findings count at once', [found], 1],
  ['nothing found counts when it is seen again', [running, empty, empty], 3],
  ['findings that come later than the end are waited for', [empty, found], 2],
  ['a scan that goes on after all begins anew', [empty, running, empty, empty], 4],
])('%s', async (_, answers, looks) => {
  const { ended, looks: made, waited } = await play(answers)
  expect(ended).toMatchObject({ status: 'COMPLETE' })
  expect(made).toBe(looks)
  expect(waited).toBeGreaterThanOrEqual(answers.includes(empty) ? 5_000 : 0)
})

test.each([
  ['ACTIVE', '', 'ACTIVE: Amazon Inspector watches it (enhanced scanning)', 'basic scans only'],
  ['FAILED', 'no package manager', 'FAILED: no package manager', 'supported operating system'],
  ['UNSUPPORTED_IMAGE', '', 'UNSUPPORTED_IMAGE', 'supported operating system'],
  ['SCAN_ELIGIBILITY_EXPIRED', '', 'SCAN_ELIGIBILITY_EXPIRED', 'console of Amazon ECR'],
  ['PAUSED', '', 'PAUSED', 'console of Amazon ECR'],
])('%s is no result', async (status, description, said, hint) => {
  const { ended, looks } = await play([running, scan(status, [], description)])
  expect(ended).toMatchObject({
    message: `The scan of sha256:d1 has no result (${said})`,
    hint: expect.stringContaining(hint),
  })
  expect(looks).toBe(2)
})

test('that nobody may ask for a scan is no failure under enhanced scanning, and is one without the right', async () => {
  const refused = (name: string): Answer => ({ status: 400, body: { __type: name, message: name } })
  const enhanced = await play([none, scan('ACTIVE')], refused('ValidationException'))
  expect(enhanced.ended).toMatchObject({ message: expect.stringContaining('enhanced scanning') })
  const denied = await play([none, found], refused('AccessDeniedException'))
  expect(denied.ended).toMatchObject({ code: 'access-denied' })
  expect(denied.looks).toBe(1)
})

test.each([
  ['did not begin', none],
  ['was IN_PROGRESS', running],
])('no longer than scan-timeout: a scan that %s', async (state, answer) => {
  const { ended, waited } = await play([answer], { body: {} }, 60)
  expect(ended).toMatchObject({
    message: `The scan of sha256:d1 ${state} after 1m`,
    hint: expect.stringContaining('Raise scan-timeout'),
  })
  expect(waited).toBeLessThanOrEqual(60_000)
  expect(waited).toBeGreaterThan(55_000)
})
