import { CreateRepositoryCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { describe, expect, test } from 'vitest'
import { basic, smallImage, type TestEcr, testEcr } from '../ecr.fixture.ts'
import type { RegistryFault } from './registry-fault.ts'

async function refusal(response: Response): Promise<[number, unknown]> {
  return [response.status, await response.json()]
}
const refused = (code: string, message: string) => ({ errors: [{ code, message }] })
const expired = refused('DENIED', 'Your authorization token has expired. Reauthenticate and try again.')
const ping = (stand: TestEcr, password: string) =>
  stand.fetch('/v2/', { headers: { authorization: basic(password) } })

async function token(stand: TestEcr): Promise<string> {
  const { authorizationData } = await stand.client.send(new GetAuthorizationTokenCommand({}))
  const { authorizationToken = '', proxyEndpoint, expiresAt } = authorizationData?.[0] ?? {}
  expect(proxyEndpoint).toBe(`http://${stand.ecr.host}`)
  expect(expiresAt).toEqual(new Date(stand.clock.now() + 12 * 3600 * 1000))
  return Buffer.from(authorizationToken, 'base64').toString().replace(/^AWS:/, '')
}

describe('the password', () => {
  test('opens the registry for twelve hours', async () => {
    await using stand = await testEcr()
    const password = await token(stand)
    await stand.clock.advance(12 * 3600 - 1)
    expect((await ping(stand, password)).status).toBe(200)
    await stand.clock.advance(1)
    expect(await refusal(await ping(stand, password))).toEqual([403, expired])
    expect((await ping(stand, await token(stand))).status).toBe(200)
  })

  test('ends on request, for those handed out so far', async () => {
    await using stand = await testEcr()
    const password = await token(stand)
    stand.ecr.tokens.expire()
    expect(await refusal(await ping(stand, password))).toEqual([403, expired])
    stand.ecr.tokens.revoke()
    expect((await ping(stand, password)).status).toBe(401)
    expect((await ping(stand, await token(stand))).status).toBe(200)
  })

  test.each([
    ['nothing', ''],
    ['another user', `Basic ${Buffer.from('ada:x').toString('base64')}`],
    ['a made-up password', basic('bench')],
    ['a bearer token', 'Bearer x'],
  ])('is asked for when there is %s', async (_, authorization) => {
    await using stand = await testEcr()
    const response = await stand.fetch('/v2/', { headers: { authorization } })
    expect([response.status, await response.text()]).toEqual([401, 'Not Authorized\n'])
    expect(response.headers.get('www-authenticate')).toBe(
      `Basic realm="http://${stand.ecr.host}/",service="ecr.amazonaws.com"`,
    )
  })
})

test.each([
  [
    'a repository that is not there',
    '/v2/shop/manifests/v1',
    404,
    refused(
      'NAME_UNKNOWN',
      "The repository with name 'shop' does not exist in the registry with id '111122223333'",
    ),
  ],
  [
    'a tag that is not there',
    '/v2/web/manifests/v1',
    404,
    refused('MANIFEST_UNKNOWN', 'Requested image not found'),
  ],
])('%s', async (_, path, status, body) => {
  await using stand = await testEcr()
  await stand.client.send(new CreateRepositoryCommand({ repositoryName: 'web' }))
  expect(await refusal(await stand.fetch(path))).toEqual([status, body])
  const head = await stand.fetch(path, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([status, ''])
})

test('a denial is worded as IAM words it, before it is known whether the repository exists', async () => {
  await using stand = await testEcr()
  stand.credentials.deny('ecr:InitiateLayerUpload')
  const response = await stand.fetch('/v2/web/blobs/uploads/', { method: 'POST' })
  const user = stand.credentials.session.arn
  const resource = 'arn:aws:ecr:us-east-1:111122223333:repository/web'
  const text = `User: ${user} is not authorized to perform: ecr:InitiateLayerUpload on resource: ${resource} because no identity-based policy allows the ecr:InitiateLayerUpload action`
  expect(await refusal(response)).toEqual([403, refused('DENIED', text)])
})

test('PutImage is throttled at ten a second, where throttling is on', async () => {
  await using stand = await testEcr({ throttling: true })
  stand.images.push('web', 'v1', await smallImage())
  const put = () => stand.fetch('/v2/web/manifests/v2', { method: 'PUT', body: '{' })
  for (let number = 0; number < 10; number++) expect((await put()).status).toBe(405)
  expect(await refusal(await put())).toEqual([429, refused('TOOMANYREQUESTS', 'Rate exceeded')])
  await stand.clock.advance(1)
  expect((await put()).status).toBe(405)
})

describe('an injected fault', () => {
  test.each<[string, RegistryFault, number]>([
    ['throttling', { kind: 'throttle' }, 429],
    ['a wrong password', { kind: 'unauthorized' }, 401],
    ['an expired token', { kind: 'expired' }, 403],
    ['a denial', { kind: 'denied' }, 403],
    ['a server error', { kind: 'server-error', status: 503 }, 503],
  ])('answers %s once', async (_, fault, status) => {
    await using stand = await testEcr()
    stand.images.push('web', 'v1', await smallImage())
    using injected = stand.ecr.faults.inject({ operation: 'ListImages', times: 1, fault })
    expect((await stand.fetch('/v2/web/tags/list')).status).toBe(status)
    expect((await stand.fetch('/v2/web/tags/list')).status).toBe(200)
    expect(injected.hits).toBe(1)
    expect(stand.ecr.requests.of('ListImages').map(({ outcome }) => outcome)).toEqual([status, 200])
  })

  test('breaks the connection, before or after the manifest is stored', async () => {
    await using stand = await testEcr()
    const { manifest } = await smallImage()
    stand.images.push('web', 'v1', await smallImage())
    const body = new Uint8Array(manifest.bytes)
    const put = (tag: string) => stand.fetch(`/v2/web/manifests/${tag}`, { method: 'PUT', body })
    stand.ecr.faults.inject({ operation: 'PutImage', nth: 1, fault: { kind: 'reset' } })
    await expect(put('lost')).rejects.toThrow()
    stand.ecr.faults.inject({ operation: 'PutImage', nth: 1, fault: { kind: 'reset', processed: true } })
    await expect(put('kept')).rejects.toThrow()
    expect([...(stand.images.repositories.get('web')?.tags.keys() ?? [])]).toEqual(['v1', 'kept'])
  })

  test('holds a request until it is let go', async () => {
    await using stand = await testEcr()
    stand.images.push('web', 'v1', await smallImage())
    const gate = Promise.withResolvers<void>()
    stand.ecr.faults.inject({ operation: 'ListImages', nth: 1, fault: { kind: 'hold', until: gate.promise } })
    const held = stand.fetch('/v2/web/tags/list')
    await expect.poll(() => stand.ecr.requests.of('ListImages').length).toBe(1)
    expect((await stand.fetch('/v2/web/tags/list')).status).toBe(200)
    expect(stand.ecr.requests.of('ListImages')[0]?.outcome).toBe('pending')
    gate.resolve()
    expect((await held).status).toBe(200)
  })
})
