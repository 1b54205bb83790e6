import { join } from 'node:path'
import { type ImageJob, imageJob, type JsonObject, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { digestOf } from './registry-state.fixture.ts'
import { summaryRows } from './summary-table.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

/** `COMPLETE 2` */
function statusAndFindings(answer: JsonObject | undefined): string {
  const { imageScanStatus, imageScanFindings } = JSON.parse(JSON.stringify(answer ?? {}))
  return `${imageScanStatus?.status} ${imageScanFindings?.findings.length ?? 'none'}`
}

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

  test('a tag that may not be set is not called immutable, whatever the repository is called', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('team/immutable-api')
    const fault = { kind: 'denied' } as const
    using _ = here.faults.inject({ service: 'ecr', operation: 'PutImage', nth: 2, fault })
    await using run = await here.step({ repository: 'team/immutable-api' })
    const { message = '' } = run.annotations[0] ?? {}
    expect(message).toMatch(/^The tag 42 of team\/immutable-api could not be set: .*AWS does not allow/)
    expect(message).toContain('\nAdd this statement')
  })

  test('a scan that fails the gate leaves latest where it was', async () => {
    await using here = await released()
    here.ecr.scans.expect({
      emptySeconds: 400,
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
    // The result was there and empty, and was not believed.
    const read = here.server.calls.of('ecr', 'DescribeImageScanFindings').map(({ output }) => output)
    expect(read.map(statusAndFindings).slice(-2)).toEqual(['COMPLETE 0', 'COMPLETE 2'])
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

  test('of an image that is reused, it is told which moving tags have it already', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await using first = await here.step({ repository: 'web' })
    const { digest } = first.outputs
    here.ecr.scans.expect({ findings: [{ name: 'CVE-2026-0001', severity: 'HIGH' }] })
    await using closed = await here.step(
      { repository: 'web', scan: 'wait' },
      { github: { run_number: '43' } },
    )
    expect(closed.outputs, closed.log).toMatchObject({ outcome: 'failed', digest })
    expect(await digestOf(here, 'latest')).toBe(digest)
    expect(closed.annotations[0]?.message).toMatch(
      /^The scan found 1 HIGH in web:main-\w+; no moving tag was moved, and main and latest name the image already\n/,
    )
    const fixed = [`main-${here.commit}`, here.commit.slice(0, 7)]
    expect(summaryRows(closed.summary)).toMatchObject({
      'Tags already there': [...fixed, 'main', 'latest'].join(', '),
      'Tags not set': '43',
    })
    expect(JSON.parse(closed.outputs.tags ?? '')).toEqual([...fixed, 'main', 'latest'])
  })

  test('of an image that is reused, a blocked tag leaves those that it has', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await using first = await here.step({ repository: 'web', tags: 'branch-sha\nlatest' })
    expect(first.conclusion, first.log).toBe('success')
    const fault = { kind: 'denied' } as const
    using _ = here.faults.inject({ service: 'ecr', operation: 'PutImage', nth: 1, fault })
    await using blocked = await here.step({ repository: 'web' })
    const table = { 'Tags blocked': here.commit.slice(0, 7), 'Tags not set': '42, main' }
    expect(summaryRows(blocked.summary), blocked.log).toMatchObject({
      ...table,
      'Tags already there': `main-${here.commit}, latest`,
    })
    using _again = here.faults.inject({ service: 'ecr', operation: 'PutImage', nth: 1, fault })
    await using moving = await here.step({ repository: 'web', tags: 'branch-sha\nrun-number\nlatest' })
    expect(summaryRows(moving.summary), moving.log).toMatchObject({
      'Tags blocked': '42',
      'Tags already there': `main-${here.commit}, latest`,
    })
    expect(JSON.parse(moving.outputs.tags ?? '')).toEqual([`main-${here.commit}`, 'latest'])
  })

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

  test('an image that was pushed and cannot be read gets its tags, and a warning says what is not known', async () => {
    await using here = await released()
    here.faults.inject({ service: 'ecr', operation: 'GetDownloadUrlForLayer', fault: { kind: 'denied' } })
    await using run = await here.step({ repository: 'web', labels: 'a=b', cache: 'off' })
    expect(run.outputs, run.log).toMatchObject({ outcome: 'pushed', 'platform-digests': '{}' })
    expect(run.annotations).toMatchObject([
      {
        level: 'warning',
        message: expect.stringMatching(
          /^The image is pushed and could not be read again, so that platform-digests is empty: .*does not allow ecr:GetDownloadUrlForLayer.*\nAdd this statement/,
        ),
      },
    ])
    expect(await digestOf(here, 'latest')).toBe(run.outputs.digest)
    expect(summaryRows(run.summary)).toMatchObject({
      'Tags moved': 'latest',
      Size: expect.stringContaining('compressed'),
    })

    here.ecr.scans.expect({ findings: [{ name: 'CVE-2026-0001', severity: 'HIGH' }] })
    const again = { repository: 'web', labels: 'a=c', cache: 'off', scan: 'wait', 'if-exists': 'rebuild' }
    await using gated = await here.step(again)
    expect(gated.outputs, gated.log).toMatchObject({ outcome: 'failed', 'scan-findings': '{"HIGH":1}' })
    expect(await digestOf(here, 'latest')).toBe(run.outputs.digest)
    expect(summaryRows(gated.summary)).toMatchObject({ Scan: '1 HIGH' })
  })

  test('who may not read scans hears it at once', async () => {
    await using here = await released()
    here.credentials.deny('ecr:DescribeImageScanFindings')
    await using run = await here.step({ repository: 'web', labels: 'a=b', scan: 'wait' })
    expect(run.annotations[0]?.message).toContain('AWS does not allow ecr:DescribeImageScanFindings')
    expect(run.outputs.digest).toMatch(/^sha256:/)
  })
})
