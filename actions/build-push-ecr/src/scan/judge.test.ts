import type { ImageScan } from '@ecs-release/core'
import { expect, test } from 'vitest'
import { judge } from './judge.ts'

const scan = (counts: Record<string, number>, ...severities: string[]): ImageScan => ({
  status: 'COMPLETE',
  description: '',
  counts,
  findings: severities.map((severity, index) => ({
    name: `CVE-${index}`,
    severity,
    packageName: 'openssl',
    packageVersion: '3.0',
    fixedIn: '',
  })),
})

test.each([
  ['nothing', [scan({})], 'high', 0],
  ['only milder ones', [scan({ MEDIUM: 3, LOW: 1 })], 'high', 0],
  ['one as severe', [scan({ HIGH: 1, LOW: 4 })], 'high', 1],
  ['one more severe', [scan({ CRITICAL: 2 })], 'high', 2],
  ['all platforms together', [scan({ HIGH: 1 }), scan({ HIGH: 2 })], 'high', 3],
  ['what AWS could not rate', [scan({ UNDEFINED: 5 })], 'informational', 0],
  ['a severity of tomorrow', [scan({ APOCALYPTIC: 1 })], 'critical', 1],
  ['a list that is ahead of its counts', [scan({}, 'CRITICAL')], 'critical', 1],
])('%s', (_, scans, limit, over) => {
  expect(judge(scans, limit).over).toBe(over)
})

test('counts and findings come worst first', () => {
  const { counts, worst } = judge([scan({ LOW: 1, CRITICAL: 1 }, 'LOW', 'CRITICAL')], 'high')
  expect(Object.entries(counts)).toEqual([
    ['CRITICAL', 1],
    ['LOW', 1],
  ])
  expect(worst.map(({ severity }) => severity)).toEqual(['CRITICAL', 'LOW'])
})
