import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { digestOf } from './registry-state.fixture.ts'
import { summaryRows } from './summary-table.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

/** A job with a `latest` of an earlier commit. */
async function released(): Promise<ImageJob & { older: string }> {
  const here = await imageJob(action, FILES)
  await here.repository('web')
  await using run = await here.step({ repository: 'web', tags: 'raw=older\nlatest' })
  expect(run.conclusion, run.log).toBe('success')
  return Object.assign(here, { older: run.outputs.digest ?? '' })
}

describe.skipIf(missing !== undefined)('Docker: before latest moves', () => {
  test('a blocked tag leaves latest where it was, and the digest is told', async () => {
    await using here = await released()
    using _ = here.faults.inject({ service: 'ecr', operation: 'PutImage', nth: 2, fault: { kind: 'denied' } })
    await using run = await here.step({ repository: 'web', labels: 'a=b' })
    expect(run.conclusion).toBe('failure')
    expect(await digestOf(here, 'latest')).toBe(here.older)
    expect(run.outputs.digest).toBe(await digestOf(here, `main-${here.commit}`))
    expect(JSON.parse(run.outputs.tags ?? '')).toEqual([`main-${here.commit}`, here.commit.slice(0, 7)])
    expect(JSON.parse(run.outputs.findings ?? '')).toMatchObject([{ code: 'tag-blocked' }])
    expect(run.annotations).toHaveLength(1)
    expect(run.annotations[0]?.message).toContain('The tag 42 of web could not be set')
    expect(summaryRows(run.summary)).toMatchObject({
      'Tags pushed': `main-${here.commit}, ${here.commit.slice(0, 7)}`,
      'Tags blocked': '42',
      'Tags not set': 'main, latest',
    })
  })

  test('a scan that fails the gate leaves latest where it was', async () => {
    await using here = await released()
    here.ecr.scans.expect({
      emptySeconds: 200,
      findings: [
        {
          name: 'CVE-2026-0001',
          severity: 'HIGH',
          attributes: { package_name: 'openssl', package_version: '3.0.1' },
        },
        { name: 'CVE-2026-0002', severity: 'LOW' },
      ],
    })
    await using run = await here.step({ repository: 'web', labels: 'a=b', scan: 'wait' })
    expect(run.conclusion, run.log).toBe('failure')
    expect(await digestOf(here, 'latest')).toBe(here.older)
    expect(JSON.parse(run.outputs['scan-findings'] ?? '')).toEqual({ HIGH: 1, LOW: 1 })
    expect(run.annotations[0]?.message).toMatch(
      /^The scan found 1 HIGH, 1 LOW in web:main-\w+; no moving tag was moved\n/,
    )
    expect(summaryRows(run.summary)).toMatchObject({ Time: expect.stringMatching(/scan [1-9]\d*\.\d s/) })
    expect(run.summary).toContain('HIGH CVE-2026-0001 openssl 3.0.1, no fix known')
    await using milder = await here.step({
      repository: 'web',
      scan: 'wait',
      'fail-on-severity': 'critical',
      'if-exists': 'rebuild',
      labels: 'a=b',
    })
    expect(milder.conclusion, milder.log).toBe('success')
    expect(await digestOf(here, 'latest')).toBe(milder.outputs.digest)
    expect(summaryRows(milder.summary)).toMatchObject({
      'Tags moved': 'latest',
      Scan: '1 HIGH, 1 LOW',
    })
  }, 60_000)

  test.each([
    ['a status that nobody knows', { status: 'PAUSED' }, 'has no result (PAUSED)'],
    [
      'an unsupported image',
      { status: 'FAILED', description: 'UnsupportedImageError' },
      'has no result (FAILED: UnsupportedImageError)',
    ],
    ['no end in time', { status: 'IN_PROGRESS' }, 'was IN_PROGRESS after'],
  ])('%s does not pass the gate', async (_, result, expected) => {
    await using here = await released()
    here.ecr.scans.expect(result)
    await using run = await here.step({
      repository: 'web',
      labels: 'a=b',
      scan: 'wait',
      'scan-timeout': '4s',
    })
    expect(run.annotations[0]?.message).toContain(expected)
    expect(await digestOf(here, 'latest')).toBe(here.older)
  })

  test('an image that was pushed and cannot be read is handed on, and the step says why it failed', async () => {
    await using here = await released()
    const fault = { kind: 'denied' } as const
    here.ecr.faults.inject({ operation: 'GetDownloadUrlForLayer', fault })
    await using run = await here.step({ repository: 'web', labels: 'a=b', cache: 'off' })
    expect(run.outputs).toMatchObject({
      outcome: 'failed',
      findings: '[]',
      message: expect.stringMatching(/answered 403/),
    })
    expect(run.outputs.digest).toBe(await digestOf(here, `main-${here.commit}`))
    expect(await digestOf(here, 'latest')).toBe(here.older)
  })

  test('who may not read scans hears it at once', async () => {
    await using here = await released()
    here.credentials.deny('ecr:DescribeImageScanFindings')
    await using run = await here.step({ repository: 'web', labels: 'a=b', scan: 'wait' })
    expect(run.annotations[0]?.message).toContain('AWS does not allow ecr:DescribeImageScanFindings')
    expect(run.outputs.digest).toMatch(/^sha256:/)
  })
})
