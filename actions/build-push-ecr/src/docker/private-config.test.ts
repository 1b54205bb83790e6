import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ask, caller, REGISTRY, SECRET } from './caller.fixture.ts'

describe('the helper', () => {
  test('answers Docker with the login that the action holds', async () => {
    using user = caller()
    await using config = await user.open()
    const { exitCode, stdout } = await ask(config, REGISTRY)
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ ServerURL: REGISTRY, Username: 'AWS', Secret: SECRET })
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(config, REGISTRY)))
    expect(new Set(answers.map((answer) => answer.stdout))).toEqual(new Set([stdout]))
  })

  test('asks anew each time, so that a new login is used at once', async () => {
    using user = caller()
    let count = 0
    await using config = await user.open({}, async () => `password-${++count}`)
    expect((await ask(config, REGISTRY)).stdout).toContain('password-1')
    expect((await ask(config, REGISTRY)).stdout).toContain('password-2')
  })

  test('says why there is no login, and knows no other registry', async () => {
    using user = caller()
    await using config = await user.open({}, async () => {
      throw new Error('AWS does not allow ecr:GetAuthorizationToken')
    })
    expect(await ask(config, REGISTRY)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/does not allow/),
    })
    expect(await ask(config, 'other.test')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/credentials not found/),
    })
  })

  test.each(['store', 'erase'])('%s changes nothing', async (action) => {
    using user = caller()
    await using config = await user.open()
    expect(await ask(config, REGISTRY, action)).toMatchObject({ exitCode: 0, stdout: '' })
    expect((await ask(config, REGISTRY)).stdout).toContain(SECRET)
  })

  test('nobody else on the machine can ask it, and no file holds the secret', async () => {
    using user = caller()
    await using config = await user.open()
    await ask(config, REGISTRY)
    expect(statSync(config.folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(config.folder)) {
      const path = join(config.folder, name)
      if (!existsSync(path) || !statSync(path).isFile()) continue
      expect(readFileSync(path, 'utf8')).not.toContain(SECRET.slice(0, 40))
    }
  })

  test('is gone with the configuration', async () => {
    using user = caller()
    const config = await user.open()
    await config[Symbol.asyncDispose]()
    expect(readdirSync(user.temp)).toEqual([])
  })
})

test.each([
  [
    'none of the step’s',
    {},
    { AWS_SECRET_ACCESS_KEY: undefined, INPUT_REPOSITORY: undefined, NPM_TOKEN: 'npm' },
  ],
  [
    'AWS credentials only for helpers of the caller',
    { credHelpers: { a: 'ecr-login' } },
    { AWS_SECRET_ACCESS_KEY: 'aws' },
  ],
])('the build sees %s', async (_, config, expected) => {
  using user = caller(config)
  const env = { AWS_SECRET_ACCESS_KEY: 'aws', INPUT_REPOSITORY: 'web', NPM_TOKEN: 'npm' }
  await using opened = await user.open(env)
  for (const [name, value] of Object.entries(expected)) expect(opened.env[name]).toBe(value)
})

test('a folder that is too deep for a socket is no problem', async () => {
  using user = caller()
  const deep = join(user.temp, 'x'.repeat(120))
  mkdirSync(deep)
  await using config = await user.open({ RUNNER_TEMP: deep })
  expect((await ask(config, REGISTRY)).exitCode).toBe(0)
})

test('what cannot be set up leaves nothing behind', async () => {
  using user = caller()
  const handles = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeServerWrap').length
  const before = handles()
  await expect(user.open({ DOCKER_CONFIG: `/${'x/'.repeat(3000)}` })).rejects.toThrow('ENAMETOOLONG')
  expect(readdirSync(user.temp)).toEqual([])
  expect(handles()).toBe(before)
})
