import { join } from 'node:path'
import { type ImageJob, imageJob, type RegistryFault, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

const job = (files: Record<string, string> = FILES) => imageJob(action, files)
const digestOf = async (here: ImageJob, tag: string) =>
  (await here.images.resolve(`${here.ecr.host}/web:${tag}`)).digest

/** A job with a `latest` of an earlier commit. */
async function released(): Promise<ImageJob & { older: string }> {
  const here = await job()
  await here.repository('web')
  await using run = await here.step({ repository: 'web', tags: 'raw=older\nlatest' })
  expect(run.conclusion, run.log).toBe('success')
  return Object.assign(here, { older: run.outputs.digest ?? '' })
}

describe.skipIf(missing !== undefined)('Docker: what is refused', () => {
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
    expect(run.summary).toContain('Tags blocked')
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

  test('who may not read scans hears it at once', async () => {
    await using here = await released()
    here.credentials.deny('ecr:DescribeImageScanFindings')
    await using run = await here.step({ repository: 'web', labels: 'a=b', scan: 'wait' })
    expect(run.annotations[0]?.message).toContain('AWS does not allow ecr:DescribeImageScanFindings')
    expect(run.outputs.digest).toMatch(/^sha256:/)
  })

  test('before anything is built: a repository that does not exist, and tags that cannot move', async () => {
    await using here = await job()
    await using none = await here.step({ repository: 'web' })
    expect(none.annotations[0]?.message).toMatch(
      /^The repository web does not exist in this account \(us-east-1\)\n/,
    )
    await here.repository('web', { imageTagMutability: 'IMMUTABLE' })
    await using moving = await here.step({ repository: 'web' })
    expect(moving.annotations[0]?.message).toMatch(
      /^tags: 42, main and latest cannot be set in web.*\nLeave .* out of tags, or give/,
    )
    expect(here.ecr.requests.all()).toEqual([])
    expect(moving.durationMs).toBeLessThan(2_000)
  })

  test.each<[string, RegistryFault, string, string]>([
    ['a login that is refused', { kind: 'unauthorized' }, 'did not accept the login', 'account and Region'],
    [
      'no permission to push',
      { kind: 'denied' },
      'does not allow these credentials to push to web',
      'ecr:InitiateLayerUpload',
    ],
    ['throttling', { kind: 'throttle' }, 'throttled the push', 'quotas'],
    [
      'a server error',
      { kind: 'server-error', status: 503 },
      'could not be reached, or failed',
      'Health Dashboard',
    ],
  ])(
    '%s is explained in two lines',
    async (_, fault, message, hint) => {
      await using here = await job()
      await here.repository('web')
      here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault })
      await using run = await here.step({ repository: 'web' })
      expect(run.conclusion).toBe('failure')
      const text = run.annotations[0]?.message ?? ''
      expect(text).toContain(message)
      expect(text).toContain(hint)
      expect(text.split('\n')).toHaveLength(2)
    },
    90_000,
  )

  test('a login that expired is replaced, and only the push is tried again', async () => {
    await using here = await job()
    await here.repository('web')
    const held = Promise.withResolvers<void>()
    here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault: { kind: 'hold', until: held.promise } })
    const onOutput = (line: string) => {
      if (!line.includes('pushing layers')) return
      if (here.server.calls.of('ecr', 'GetAuthorizationToken').length === 1) here.ecr.tokens.expire()
      held.resolve()
    }
    await using run = await here.step({ repository: 'web' }, { onOutput })
    expect(run.conclusion, run.log).toBe('success')
    expect(here.server.calls.of('ecr', 'GetAuthorizationToken').length).toBeGreaterThan(1)
    expect(run.log).toContain('The push was refused: pushing again with a new login')
  })

  test('the line of the Dockerfile that fails is told', async () => {
    await using here = await job({ Dockerfile: 'FROM scratch\n# ##[error]not ours\nCOPY nothing /b\n' })
    await here.repository('web')
    await using run = await here.step({ repository: 'web' })
    expect(run.annotations[0]?.message).toMatch(
      /^Dockerfile:3: COPY nothing \/b: \/nothing is not in the context\nCheck the path/,
    )
    expect(run.annotations).toHaveLength(1)
    expect(run.log).toContain('#\\#[error]not ours')
  })

  test('who may not set a lifecycle policy still gets a repository', async () => {
    await using here = await job()
    here.credentials.deny('ecr:PutLifecyclePolicy')
    await using run = await here.step({ repository: 'web', 'create-repository': true, cache: 'off' })
    expect(run.conclusion, run.log).toBe('success')
    expect(
      run.annotations.map(({ level, message }) => [level, message.includes('ecr:PutLifecyclePolicy')]),
    ).toEqual([['warning', true]])
  })

  test('another commit than the tags name is told', async () => {
    await using here = await job()
    await here.repository('web')
    await using run = await here.step(
      { repository: 'web', 'dry-run': true },
      { github: { sha: 'a'.repeat(40) } },
    )
    expect(run.annotations[0]?.message).toContain(`and ${here.commit} is checked out`)
  })

  test('a cancelled step ends its build', async () => {
    await using here = await job()
    await here.repository('web')
    const held = Promise.withResolvers<void>()
    here.ecr.faults.inject({ operation: 'InitiateLayerUpload', fault: { kind: 'hold', until: held.promise } })
    const stop = new AbortController()
    await using run = await here.step(
      { repository: 'web' },
      { signal: stop.signal, onOutput: (line) => line.includes('pushing layers') && stop.abort() },
    )
    held.resolve()
    expect(run.conclusion).toBe('cancelled')
    expect(run.annotations[0]?.message).toContain('The step was cancelled')
  })
})
