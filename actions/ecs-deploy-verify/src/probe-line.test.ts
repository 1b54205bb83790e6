import { expect, test } from 'vitest'
import { parseEarlyFailure } from './early-failure.ts'
import { parseProbe } from './probe-line.ts'

const plain = { url: 'https://orders.example/health', status: 200, member: undefined, timeout: 5000 }

test.each([
  ['https://orders.example/health', plain],
  ['https://orders.example/health status=204', { ...plain, status: 204 }],
  ['https://orders.example/health   timeout=1m', { ...plain, timeout: 60_000 }],
  [
    'https://orders.example/health json:/version=a=b',
    { ...plain, member: { pointer: '/version', value: 'a=b' } },
  ],
  [
    'https://orders.example/health timeout=2s json:/a~1b/0= status=201',
    { ...plain, timeout: 2000, status: 201, member: { pointer: '/a~1b/0', value: '' } },
  ],
])('%s is a probe', (line, probe) => {
  expect(parseProbe(line)).toEqual(probe)
})

test.each([
  'orders.example/health',
  'ftp://orders.example',
  'https://',
  'https://orders.example status=99',
  'https://orders.example status=600',
  'https://orders.example status=ok',
  'https://orders.example json:version=1',
  'https://orders.example json:/version',
  'https://orders.example timeout=5',
  'https://orders.example timeout=0s',
  'https://orders.example 200',
])('%s is none', (line) => {
  expect(parseProbe(line)).toBeUndefined()
})

test.each([
  ['3', 3],
  ['1', 1],
  ['off', Infinity],
  ['0', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['never', undefined],
  ['99999999999999999999', undefined],
])('early-failure %s', (written, count) => {
  expect(parseEarlyFailure(written)).toBe(count)
})
