import { createHash, randomUUID } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ActionRun, imageJob, withoutContainerdStore } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { processStarts } from './process-starts.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutContainerdStore()

/** The passwords that a step was given: it has the runner mask them. */
function passwordsOf(run: ActionRun): string[] {
  return [...run.stdout.matchAll(/^::add-mask::(.+)$/gm)].flatMap(([, secret]) => secret ?? [])
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile())
}

/** What there is to read; nothing where it is gone meanwhile. */
function unlessGone<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Reads the command line of every process, and the files below the folder, for as long as it is asked to. */
function sampler(folder: string): { look(): void; stop(): string } {
  let seen = ''
  const look = () => {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    const paths = processes.map((id) => `/proc/${id}/cmdline`)
    for (const path of [...paths, ...unlessGone(() => filesBelow(folder), [])])
      seen += unlessGone(() => readFileSync(path, 'latin1'), '')
  }
  const timer = setInterval(look, 25)
  return {
    look,
    stop() {
      clearInterval(timer)
      return seen
    },
  }
}

describe.skipIf(missing !== undefined)('Docker: the login', () => {
  test('is in no argument, file, log, output or summary', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await here.repository('web-cache')
    // HOME, the workspace and RUNNER_TEMP are all below it.
    const folder = join(here.workspace, '..')
    const root = join(folder, 'runner')
    const pushing = Promise.withResolvers<void>()
    const hold = { kind: 'hold', until: pushing.promise } as const
    here.ecr.faults.inject({ operation: 'PutImage', times: 1, fault: hold })
    const samples = sampler(folder)
    const onOutput = (line: string) => {
      if (!line.includes('pushing manifest')) return
      samples.look()
      pushing.resolve()
    }
    const { env, starts } = processStarts(here)
    await using run = await here.step({ repository: 'web' }, { root, onOutput, env })
    const seen = samples.stop()
    const { docker, launcher, node } = starts()
    expect(run.conclusion, run.log).toBe('success')
    expect(dirname(run.files)).toBe(root)
    // The build's command line, and the private configuration in RUNNER_TEMP: there was something to see.
    expect(seen).toContain('--metadata-file=')
    expect(seen).toContain('"credHelpers"')
    // Each process that Docker is, or starts for the login, by its own account: some live shorter than a look takes.
    expect(docker.map(([command, what]) => `${command} ${what}`)).toEqual(['buildx inspect', 'buildx build'])
    expect(launcher.length).toBeGreaterThan(0)
    expect(launcher.map((line) => line.slice(1))).toEqual(launcher.map(() => ['get']))
    expect(node.map((line) => line.slice(2))).toEqual(launcher.map(() => ['get']))
    const started = JSON.stringify([docker, launcher, node])
    const secrets = passwordsOf(run)
    expect(secrets).toHaveLength(2)
    const shown = JSON.stringify([run.log, run.outputs, run.summary, run.state, run.exported])
    for (const secret of secrets.map((text) => text.slice(0, 60))) {
      expect(started.includes(secret)).toBe(false)
      expect(seen.includes(secret)).toBe(false)
      expect(shown.includes(secret)).toBe(false)
      for (const file of filesBelow(folder)) expect(readFileSync(file, 'latin1').includes(secret)).toBe(false)
    }
    expect(filesBelow(run.files).filter((path) => path.includes('/ecr-'))).toEqual([])
  })

  test('a secret of the build reaches it by its environment variable alone', async () => {
    // The sum of the secret is all that gets into an image.
    const Dockerfile = `FROM node:24-slim AS summed
RUN --mount=type=secret,id=npm sha256sum < /run/secrets/npm > /sum
FROM scratch
COPY --from=summed /sum /sum
`
    await using here = await imageJob(action, { Dockerfile })
    await here.repository('web')
    const inputs = { repository: 'web', secrets: 'npm=NPM_TOKEN', 'no-cache': true }
    await using without = await here.step(inputs)
    expect(without.annotations[0]?.message).toBe(
      'secrets: the environment has no variable for npm\nWrite npm=NAME_OF_ENV_VARIABLE, not the value, and give that variable to the step: env: { NAME_OF_ENV_VARIABLE: … }.',
    )
    // As docker/build-push-action takes it: as a name it looks like any other, or not at all.
    for (const secret of ['ghp_abcDEF123', 'ghp_abc-DEF.123']) {
      await using itself = await here.step({ ...inputs, secrets: `npm=${secret}` })
      expect(itself.annotations[0]?.message).toMatch(/^secrets: .*\bnpm\b/)
      const { log, outputs, summary, annotations } = itself
      expect(JSON.stringify([log, outputs, summary, annotations])).not.toContain('ghp_')
    }
    const NPM_TOKEN = randomUUID()
    const folder = join(here.workspace, '..')
    const samples = sampler(folder)
    const root = join(folder, 'runner')
    const onOutput = (line: string) => line.includes('sha256sum') && samples.look()
    const { env, starts } = processStarts(here)
    await using run = await here.step(inputs, { env: { ...env, NPM_TOKEN }, root, onOutput })
    const seen = samples.stop()
    const { docker, launcher, node } = starts()
    expect(run.conclusion, run.log).toBe('success')
    expect(Math.min(docker.length, launcher.length, node.length)).toBeGreaterThan(0)
    expect(JSON.stringify([docker, launcher, node]).includes(NPM_TOKEN)).toBe(false)
    // The build's command line was there to be seen, and so were the files of the runner.
    expect(seen).toContain('--secret=id=npm,env=NPM_TOKEN')
    expect(seen).toContain('"credHelpers"')
    expect(seen.includes(NPM_TOKEN)).toBe(false)
    const shown = JSON.stringify([run.stdout, run.log, run.outputs, run.summary, run.state, run.exported])
    expect(shown.includes(NPM_TOKEN)).toBe(false)
    const image = await here.images.resolve(run.outputs.uri ?? '')
    const sum = createHash('sha256').update(NPM_TOKEN).digest('hex')
    expect(readFileSync(join(await image.unpack(), 'sum'), 'utf8')).toContain(sum)
  })
})
