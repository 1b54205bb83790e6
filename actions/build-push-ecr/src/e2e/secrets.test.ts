import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allowed, exec, ORDINARY } from '@ecs-release/core'
import { type ActionRun, type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
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

  test('leaves the configuration of the user as it was, and its helper and builder in use', async () => {
    await using here = await imageJob(action, { ...FILES, Dockerfile: 'FROM 127.0.0.1:9/base\n' })
    await here.repository('web')
    const config = join(here.env.DOCKER_CONFIG ?? '', 'config.json')
    const bin = join(here.home, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'docker-credential-theirs'), `#!/bin/sh\ncat >> '${here.home}/asked'\nexit 1\n`)
    chmodSync(join(bin, 'docker-credential-theirs'), 0o755)
    const written = JSON.parse(readFileSync(config, 'utf8'))
    writeFileSync(config, JSON.stringify({ ...written, credHelpers: { '127.0.0.1:9': 'theirs' } }))
    await docker(
      here,
      'buildx',
      'create',
      '--name',
      'theirs',
      '--driver',
      'remote',
      'tcp://127.0.0.1:9',
      '--use',
    )
    const before = hash(config)
    const env = { ...here.env, PATH: `${bin}:${process.env.PATH}` }
    await using remote = await here.step({ repository: 'web', 'dry-run': true }, { env })
    expect(remote.log).toContain('Builder: theirs (driver remote)')
    await using run = await here.step({ repository: 'web' }, { env: { ...env, BUILDX_BUILDER: 'default' } })
    expect(run.conclusion).toBe('failure')
    expect(run.annotations[0]?.message).toContain('the base image 127.0.0.1:9/base')
    expect(readFileSync(join(here.home, 'asked'), 'utf8')).toContain('127.0.0.1:9')
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
