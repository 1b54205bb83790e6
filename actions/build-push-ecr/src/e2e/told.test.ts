import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { imageJob, withoutContainerdStore } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { dockerWrapper } from './docker-wrapper.fixture.ts'

const action = join(import.meta.dirname, '../..')
const missing = await withoutContainerdStore()

// Two stages at a time, one of which goes on writing after the other has failed.
const NOISY = `FROM node:24-slim AS noise
RUN ["node", "-e", "setInterval(() => console.log('noise'), 1)"]
FROM node:24-slim AS failing
WORKDIR /app
RUN node -e "console.log('step one')" && \\
    node -e "setTimeout(() => { console.error('boom: no config'); process.exit(3) }, 500)"
FROM scratch
COPY --from=noise /etc/hostname /a
COPY --from=failing /etc/hostname /b
`

describe.skipIf(missing !== undefined)('Docker: a failed build is told', () => {
  test('by line, command and last words, in the log, at the line and on the page', async () => {
    await using here = await imageJob(action, { 'app/Dockerfile': NOISY })
    await here.repository('web')
    await using run = await here.step({ repository: 'web', context: 'app' })
    expect(run.conclusion).toBe('failure')
    const [annotation, ...others] = run.annotations
    expect(others).toEqual([])
    expect(annotation).toMatchObject({ file: 'app/Dockerfile', line: 5 })
    expect(annotation?.message).toMatch(
      /^app\/Dockerfile:5: RUN node -e "console\.log\('step one'\)" && node -e .*: exit code 3 after "boom: no config"\nIts last lines stand right above/,
    )
    expect(run.summary).toContain('## ❌ web: failed')
    expect(run.summary).toMatch(
      /<summary>Last lines of the command that failed<\/summary>\n\n```\nstep one\nboom: no config\n/,
    )
    expect(run.summary).toContain('Its last lines stand right above')
    expect(run.outputs).toMatchObject({ outcome: 'failed', findings: '[]' })
    // Outside the groups, whose lines are indented, and in one piece.
    const end = run.log.slice(run.log.lastIndexOf('\n------\nDockerfile:5'))
    expect(end).toMatch(
      /^\n------\nDockerfile:5\n-+\n( +\d+ \| .*\n)+-+\nERROR: failed to build: .*exit code: 3\n/,
    )
  })

  test('without an error for a cache that is not there yet', async () => {
    await using here = await imageJob(action, { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' })
    await here.repository('web')
    await here.repository('web-cache')
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')
    expect(first.log).not.toContain('ERROR')
    await using inline = await here.step(
      { repository: 'web', cache: 'inline', 'if-exists': 'rebuild' },
      { github: { ref: 'refs/heads/dev' } },
    )
    expect(inline.log).toMatch(/no cache in \S+\/web:dev yet/)
    expect(inline.log).not.toContain('ERROR')
    expect(first.summary).toContain('## ✅ web: pushed')
  })

  test('a cache whose repository may not be created goes into the image', async () => {
    await using here = await imageJob(action, { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' })
    await here.repository('web')
    here.credentials.deny('ecr:CreateRepository')
    await using run = await here.step({ repository: 'web', 'create-repository': true })
    expect(run.conclusion, run.log).toBe('success')
    const [warning] = run.annotations.filter(({ level }) => level === 'warning')
    expect(warning?.message).toMatch(
      /^The repository web-cache for the cache was not created: .*ecr:CreateRepository.*\nAdd this statement/,
    )
    expect(run.log).toContain('so it goes into the image (inline)')
  })

  test('a Docker that no longer starts for the cache fails nothing', async () => {
    await using here = await imageJob(action, { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: randomUUID() })
    await here.repository('web')
    await here.repository('web-cache')
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')
    writeFileSync(join(here.workspace, 'b'), randomUUID())
    const { env } = dockerWrapper(here, 'if [ "$2" = build ]; then /bin/rm "$0"; fi')
    const [PATH = ''] = env.PATH?.split(':') ?? []
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
    symlinkSync(real, join(PATH, 'git'))
    await using second = await here.step(
      { repository: 'web', 'if-exists': 'rebuild' },
      { env: { ...env, PATH } },
    )
    expect(second.outputs.outcome, second.log).toBe('pushed')
    expect(second.annotations).toMatchObject([
      {
        level: 'warning',
        message: expect.stringMatching(
          /^The cache was not written to \S+\/web-cache:main: There is no program docker on this runner\n/,
        ),
      },
    ])
    expect(await here.images.resolve(`${here.ecr.host}/web:latest`)).toMatchObject({
      digest: second.outputs.digest,
    })
  })

  test('a step that is cancelled while its cache is written says so once', async () => {
    await using here = await imageJob(action, { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: randomUUID() })
    await here.repository('web')
    await here.repository('web-cache')
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')
    writeFileSync(join(here.workspace, 'b'), randomUUID())
    const [writing, ended] = [join(here.home, 'writing'), join(here.home, 'ended')]
    const wait = `trap "touch '${ended}'; exit 143" TERM; touch '${writing}'; sleep 30 > /dev/null 2>&1 & wait`
    const { env } = dockerWrapper(here, `case "$*" in *--cache-to=*) ${wait};; esac`)
    const free = Promise.withResolvers<void>()
    const hold = { kind: 'hold', until: free.promise } as const
    using _ = here.faults.inject({ service: 'ecr', operation: 'PutImage', fault: hold })
    const stop = new AbortController()
    const running = here.step({ repository: 'web', 'if-exists': 'rebuild' }, { env, signal: stop.signal })
    await expect
      .poll(() => existsSync(writing) && here.server.calls.of('ecr', 'PutImage').length > 4, {
        timeout: 30_000,
      })
      .toBe(true)
    stop.abort()
    await expect.poll(() => existsSync(ended), { timeout: 5_000 }).toBe(true)
    // What becomes of the cache is known some time before the call that waits.
    await delay(300)
    free.resolve()
    await using run = await running
    expect(run.conclusion).toBe('cancelled')
    expect(run.annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('The step was cancelled'),
    ])
    expect(run.stderr).not.toContain('unhandled')
  })

  test('a cache that cannot be written fails nothing', async () => {
    await using here = await imageJob(action, { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: randomUUID() })
    await here.repository('web')
    await here.repository('web-cache', { imageTagMutability: 'IMMUTABLE' })
    await using first = await here.step({ repository: 'web' })
    expect(first.conclusion, first.log).toBe('success')
    writeFileSync(join(here.workspace, 'b'), randomUUID())
    await using second = await here.step({ repository: 'web', 'if-exists': 'rebuild' })
    expect(second.outputs.outcome, second.log).toBe('pushed')
    const [warning] = second.annotations.filter(({ level }) => level === 'warning')
    expect(warning?.message).toMatch(
      /^The cache was not written to \S+\/web-cache:main: .*400 Bad Request\nIts repository needs mutable tags/,
    )
    expect(await here.images.resolve(`${here.ecr.host}/web:latest`)).toMatchObject({
      digest: second.outputs.digest,
    })
  })
})
