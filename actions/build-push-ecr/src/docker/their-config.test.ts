import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ask, basic, caller, REGISTRY } from './caller.fixture.ts'

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
