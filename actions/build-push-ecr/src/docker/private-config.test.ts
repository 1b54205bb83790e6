import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempDisposableSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exec } from '@ecs-release/core'
import { describe, expect, test } from 'vitest'
import { type PrivateConfig, privateConfig } from './private-config.ts'

const REGISTRY = 'registry.test:5000'
const SECRET = `p${'0123456789'.repeat(180)}`
const basic = (text: string) => Buffer.from(text).toString('base64')

interface Caller extends Disposable {
  home: string
  temp: string
  hash(): string
  open(env?: Record<string, string>, find?: () => Promise<string>): Promise<PrivateConfig>
}

function caller(config?: object): Caller {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'private-config-'))
  const home = join(folder.path, 'home', '.docker')
  const temp = join(folder.path, 'temp')
  for (const path of [home, temp]) mkdirSync(path, { recursive: true })
  const file = join(home, 'config.json')
  if (config !== undefined) writeFileSync(file, JSON.stringify(config))
  return {
    home,
    temp,
    hash: () => createHash('sha256').update(readFileSync(file)).digest('hex'),
    open: (env = {}, find = async () => SECRET) =>
      privateConfig({
        env: { PATH: process.env.PATH, HOME: join(folder.path, 'home'), RUNNER_TEMP: temp, ...env },
        registries: [REGISTRY],
        variables: ['NPM_TOKEN'],
        find: async () => ({ username: 'AWS', secret: await find() }),
      }),
    [Symbol.dispose]: () => folder.remove(),
  }
}

/** As Docker does it: the helper's name from config.json, the registry on stdin. */
async function ask({ env, folder }: PrivateConfig, server: string, action = 'get') {
  const { credHelpers } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))
  const file = join(folder, `docker-credential-${credHelpers[server] ?? credHelpers[REGISTRY]}`)
  return exec({ file, args: [action], env, input: server })
}

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
    expect(await ask(config, REGISTRY)).toMatchObject({ exitCode: 1, stdout: /does not allow/ })
    expect(await ask(config, 'other.test')).toMatchObject({ exitCode: 1, stdout: /credentials not found/ })
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

describe('the configuration of the caller', () => {
  const theirs = {
    auths: {
      'ghcr.io': { auth: basic('octo:gh-token') },
      'https://index.docker.io/v1/': { auth: basic('octo:hub:token') },
      'quay.io': { identitytoken: 'identity' },
    },
    credHelpers: { 'gcr.io': 'gcloud', [REGISTRY]: 'ecr-login' },
    currentContext: 'remote',
    cliPluginsExtraDirs: ['/usr/local/plug-ins'],
    proxies: { default: { httpProxy: 'http://proxy.test' } },
  }

  test('stays as it is, byte for byte, and in use', async () => {
    using user = caller(theirs)
    const before = user.hash()
    await using config = await user.open()
    const ours = JSON.parse(readFileSync(join(config.folder, 'config.json'), 'utf8'))
    expect(ours).toMatchObject({
      currentContext: 'remote',
      proxies: theirs.proxies,
      cliPluginsExtraDirs: [join(user.home, 'cli-plugins'), '/usr/local/plug-ins'],
      credHelpers: { 'gcr.io': 'gcloud', [REGISTRY]: 'ecs-release' },
    })
    expect(JSON.stringify(ours)).not.toContain(basic('octo:gh-token'))
    expect(user.hash()).toBe(before)
  })

  test.each([
    ['ghcr.io', { Username: 'octo', Secret: 'gh-token' }],
    ['https://index.docker.io/v1/', { Username: 'octo', Secret: 'hub:token' }],
    ['quay.io', { Username: '<token>', Secret: 'identity' }],
  ])('its login for %s is handed on', async (server, expected) => {
    using user = caller(theirs)
    await using config = await user.open()
    expect(JSON.parse((await ask(config, server)).stdout)).toMatchObject(expected)
  })

  test('a credential store stays in charge of all but our registry', async () => {
    using user = caller({ credsStore: 'secretservice', auths: { 'ghcr.io': {} } })
    await using config = await user.open()
    const ours = JSON.parse(readFileSync(join(config.folder, 'config.json'), 'utf8'))
    expect(ours).toMatchObject({ credsStore: 'secretservice', credHelpers: { [REGISTRY]: 'ecs-release' } })
    expect(Object.keys(ours.credHelpers)).toEqual([REGISTRY])
  })

  test('no login in clear is copied, whoever answers for its registry', async () => {
    const auths = {
      'ghcr.io': { auth: basic('octo:gh-token') },
      'https://index.docker.io/v1/': { auth: basic('octo:hub-token'), email: 'octo@example.com' },
      'quay.io': { identitytoken: 'quay-token' },
      'plain.test': { username: 'octo', password: 'plain-token' },
    }
    const kept = { 'ghcr.io': '', 'plain.test': '', 'gcr.io': 'gcloud' }
    using user = caller({ credsStore: 'secretservice', credHelpers: kept, auths })
    await using config = await user.open()
    const text = readFileSync(join(config.folder, 'config.json'), 'utf8')
    const ours = JSON.parse(text)
    expect(text).not.toMatch(/gh-token|hub-token|quay-token|plain-token/)
    for (const { auth } of [auths['ghcr.io'], auths['https://index.docker.io/v1/']])
      expect(text).not.toContain(auth)
    // The store answers for all but those for which the caller has Docker read the file.
    expect(ours.credsStore).toBe('secretservice')
    expect(ours.credHelpers).toEqual({
      'ghcr.io': 'ecs-release',
      'plain.test': 'ecs-release',
      'gcr.io': 'gcloud',
      [REGISTRY]: 'ecs-release',
    })
    expect(ours.auths['https://index.docker.io/v1/']).toEqual({ email: 'octo@example.com' })
    const secrets = ['ghcr.io', 'plain.test'].map(async (server) =>
      JSON.parse((await ask(config, server)).stdout),
    )
    expect(await Promise.all(secrets)).toMatchObject([
      { Username: 'octo', Secret: 'gh-token' },
      { Username: 'octo', Secret: 'plain-token' },
    ])
  })

  test('builders are looked for where they were', async () => {
    using user = caller()
    await using config = await user.open()
    expect(config.env.BUILDX_CONFIG).toBe(join(user.home, 'buildx'))
    await using other = await user.open({ BUILDX_CONFIG: '/elsewhere' })
    expect(other.env.BUILDX_CONFIG).toBe('/elsewhere')
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
