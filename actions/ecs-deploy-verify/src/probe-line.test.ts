import { expect, test } from 'vitest'
import { parseEarlyFailure } from './early-failure.ts'
import { probeLine } from './probe-line.ts'

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
  expect(probeLine.parse(line)).toEqual({ kind: 'value', value: probe })
})

const url = 'https://me:hush@orders.example/health?token=hush'
const noUrl = 'expected a line that begins with a URL, which begins with http:// or https://'
const status = 'expected a number from 100 to 599'
const timeout = 'expected a duration such as 5s, of 1s or more'
const member = 'expected a pointer that begins with a slash and the value, as in json:/version=v2'
const other = expect.stringMatching(/^expected nothing but status=200, /)

test.each<[string, string[]]>([
  ['me:hush@orders.example/health?token=hush', [noUrl]],
  ['ftp://me:hush@orders.example', [noUrl]],
  ['https://', [noUrl]],
  [`${url} status=99`, [`status=99: ${status}`]],
  [`${url} status=600`, [`status=600: ${status}`]],
  [`${url} status=abc`, [`status=abc: ${status}`]],
  [`${url} status=`, [`status=: ${status}`]],
  [`${url} json:version=hush`, [`json:version: ${member}`]],
  [`${url} json:/version`, [`json:/version: ${member}`]],
  [`${url} timeout=5`, [`timeout=5: ${timeout}`]],
  [`${url} timeout=0s`, [`timeout=0s: ${timeout}`]],
  [`${url} timeout=${'9'.repeat(100)}`, [`timeout=${'9'.repeat(32)}…: ${timeout}`]],
  [`${url} 200`, [other]],
  [`${url}& token=hush`, [other]],
  [`ftp://orders.example status=abc timeout=5`, [noUrl, `status=abc: ${status}`, `timeout=5: ${timeout}`]],
])(
  '%s: the problem names the part that is wrong, and quotes nothing that may be secret',
  (line, problems) => {
    const parsed = probeLine.parse(line)
    expect(parsed).toEqual({ kind: 'problems', problems })
    expect(JSON.stringify(parsed)).not.toContain('hush')
  },
)

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
