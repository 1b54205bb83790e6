import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allowed, exec, ORDINARY } from '@ecs-release/core'
import { type ActionRun, buildImage, type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

/** The passwords that a step was given: it has the runner mask them. */
function passwordsOf(run: ActionRun): string[] {
  return [...run.stdout.matchAll(/^::add-mask::(.+)$/gm)].flatMap(([, secret]) => secret ?? [])
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile())
}

/** Reads the command line of every process, and the files of the job, for as long as it is asked to. */
function sampler(folders: () => string[]): { stop(): string } {
  let seen = ''
  const look = () => {
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        seen += readFileSync(`/proc/${id}/cmdline`, 'utf8')
      } catch {
        // It ended meanwhile.
      }
    }
    for (const file of folders().flatMap(filesBelow)) {
      try {
        seen += readFileSync(file, 'latin1')
      } catch {
        // It was removed meanwhile.
      }
    }
  }
  const timer = setInterval(look, 25)
  return {
    stop() {
      clearInterval(timer)
      return seen
    },
  }
}

const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** A credential helper of the user's, in a folder for PATH. */
function helperNamed(name: string, home: string, login: string): string {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'login.json'), login)
  writeFileSync(join(bin, `docker-credential-${name}`), `#!/bin/sh\ncat '${bin}/login.json'\n`, {
    mode: 0o755,
  })
  return bin
}

async function docker(here: ImageJob, ...args: string[]): Promise<string> {
  const ended = await exec({ file: 'docker', args, env: { ...allowed(process.env, ORDINARY), ...here.env } })
  return ended.exitCode === 0 ? ended.stdout : ended.stderr
}

describe.skipIf(missing !== undefined)('Docker: the login', () => {
  test('is in no argument, file, log, output or summary', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await here.repository('web-cache')
    const root = join(here.workspace, '..')
    const samples = sampler(() => [root])
    const temp: string[] = []
    await using run = await here.step({ repository: 'web' }, { onOutput: () => {} })
    temp.push(run.files)
    const seen = samples.stop()
    expect(run.conclusion, run.log).toBe('success')
    expect(seen).toContain('--metadata-file=')
    const secrets = passwordsOf(run)
    expect(secrets).toHaveLength(2)
    const shown = JSON.stringify([run.log, run.outputs, run.summary, run.state, run.exported])
    for (const secret of secrets.map((text) => text.slice(0, 60))) {
      expect(seen.includes(secret)).toBe(false)
      expect(shown.includes(secret)).toBe(false)
      for (const file of [root, ...temp].flatMap(filesBelow))
        expect(readFileSync(file, 'latin1').includes(secret)).toBe(false)
    }
    expect(filesBelow(run.files).filter((path) => path.includes('/ecr-'))).toEqual([])
  })

  test('leaves the configuration of the user as it was, and their helper and builder in use', async () => {
    await using other = await imageJob(action, FILES)
    const base = await buildImage({ files: { 'base.txt': 'base' }, config: {}, architecture: 'amd64' })
    other.images.push('base', '1', base)
    await using here = await imageJob(action, {
      Dockerfile: `FROM ${other.ecr.host}/base:1\nCOPY b /b\n`,
      b: 'b',
    })
    await here.repository('web')
    await using refused = await here.step({ repository: 'web', cache: 'off' })
    expect(refused.annotations[0]?.message).toMatch(
      /the base image .* cannot be read: .*401.*\nLog in to its registry/,
    )

    const config = join(here.env.DOCKER_CONFIG ?? '', 'config.json')
    const { username, password } = other.ecr.login()
    const login = JSON.stringify({ ServerURL: other.ecr.host, Username: username, Secret: password })
    const env = { ...here.env, PATH: `${helperNamed('theirs', here.home, login)}:${process.env.PATH}` }
    const written = JSON.parse(readFileSync(config, 'utf8'))
    writeFileSync(config, JSON.stringify({ ...written, credHelpers: { [other.ecr.host]: 'theirs' } }))
    const remote = ['--name', 'theirs', '--driver', 'remote', 'tcp://127.0.0.1:9', '--use']
    await docker(here, 'buildx', 'create', ...remote)
    const before = hash(config)
    await using planned = await here.step({ repository: 'web', 'dry-run': true }, { env })
    expect(planned.log).toContain('Builder: theirs (driver remote)')
    await using run = await here.step({ repository: 'web' }, { env: { ...env, BUILDX_BUILDER: 'default' } })
    expect(run.conclusion, run.log).toBe('success')
    expect(hash(config)).toBe(before)
  })

  test('of one job outlives the end of another on the same machine', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    const [pushing, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    here.ecr.faults.inject({ operation: 'PutImage', times: 1, fault: { kind: 'hold', until: held.promise } })
    const onOutput = (line: string) => line.includes('pushing manifest') && pushing.resolve()
    const first = here.step({ repository: 'web', tags: 'raw=a' }, { onOutput })
    await pushing.promise
    await using second = await here.step({ repository: 'web', tags: 'raw=b' })
    await docker(here, 'logout', here.ecr.host)
    held.resolve()
    await using run = await first
    expect(second.conclusion, second.log).toBe('success')
    expect(run.conclusion, run.log).toBe('success')
  })

  test('a secret of the build reaches it by its environment variable alone', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    const inputs = { repository: 'web', secrets: 'npm=NPM_TOKEN' }
    await using without = await here.step(inputs)
    expect(without.annotations[0]?.message).toContain('secrets: the environment has no NPM_TOKEN')
    await using run = await here.step(inputs, { env: { ...here.env, NPM_TOKEN: 'hunter2' } })
    expect(run.conclusion, run.log).toBe('success')
    expect(run.log).not.toContain('hunter2')
  })
})
