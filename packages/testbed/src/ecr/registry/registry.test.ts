import {
  CreateRepositoryCommand,
  type ImageTagMutability,
  PutAccountSettingCommand,
} from '@aws-sdk/client-ecr'
import { describe, expect, test } from 'vitest'
import { buildIndex } from '../../images/build-image.ts'
import { digestOf } from '../../images/digest.ts'
import type { OciImage } from '../../images/oci-image.ts'
import { basic, smallImage, type TestEcr, testEcr } from '../ecr.fixture.ts'

const blob = Buffer.from('a layer of sorts')
const digest = digestOf(blob)

async function withRepositories(...names: string[]): Promise<TestEcr> {
  const stand = await testEcr()
  for (const repositoryName of names) await stand.client.send(new CreateRepositoryCommand({ repositoryName }))
  return stand
}

/** Pushes as a simple client does: blobs in one request each, then the manifest. */
async function push(stand: TestEcr, image: OciImage, reference: string): Promise<Response> {
  for (const [name, bytes] of image.blobs) {
    await stand.fetch(`/v2/web/blobs/uploads/?digest=${name}`, {
      method: 'POST',
      body: new Uint8Array(bytes),
    })
  }
  return stand.fetch(`/v2/web/manifests/${reference}`, {
    method: 'PUT',
    headers: { 'content-type': image.manifest.mediaType },
    body: new Uint8Array(image.manifest.bytes),
  })
}

async function refusal(response: Response): Promise<[number, unknown]> {
  return [response.status, await response.json()]
}
const refused = (code: string, message: string) => ({ errors: [{ code, message }] })

describe('a blob arrives', () => {
  test('in one request, in parts, and with the last part at the end', async () => {
    await using stand = await withRepositories('web')
    const whole = await stand.fetch(`/v2/web/blobs/uploads/?digest=${digest}`, { method: 'POST', body: blob })
    expect(whole.status).toBe(201)
    expect(whole.headers.get('docker-content-digest')).toBe(digest)
    const started = await stand.fetch('/v2/web/blobs/uploads/', { method: 'POST' })
    expect(started.status).toBe(202)
    const path = new URL(started.headers.get('location') ?? '').pathname
    const first = await stand.fetch(path, { method: 'PATCH', body: 'one,' })
    expect([first.status, first.headers.get('range')]).toEqual([202, '0-3'])
    const gap = await stand.fetch(path, {
      method: 'PATCH',
      headers: { 'content-range': '9-12' },
      body: 'late',
    })
    expect(gap.status).toBe(416)
    const all = digestOf(Buffer.from('one,two'))
    const wrong = await stand.fetch(`${path}?digest=${all}`, { method: 'PUT', body: 'three' })
    expect(await refusal(wrong)).toEqual([
      400,
      refused('DIGEST_INVALID', 'provided digest did not match uploaded content'),
    ])
    const finished = await stand.fetch(`${path}?digest=${all}`, { method: 'PUT', body: 'two' })
    expect(finished.status).toBe(201)
    expect((await stand.fetch(path, { method: 'PATCH', body: 'more' })).status).toBe(404)
    expect(stand.images.repositories.get('web')?.blobs.get(all)?.toString()).toBe('one,two')
  })

  test('from another repository only with the account setting, and only when a manifest refers to it', async () => {
    await using stand = await withRepositories('web', 'other')
    const image = await smallImage()
    stand.images.push('web', 'v1', image)
    const [layer = ''] = [...image.blobs.keys()]
    const mount = async (name: string) =>
      (await stand.fetch(`/v2/other/blobs/uploads/?mount=${name}&from=web`, { method: 'POST' })).status
    expect(await mount(layer)).toBe(202)
    await stand.client.send(new PutAccountSettingCommand({ name: 'BLOB_MOUNTING', value: 'ENABLED' }))
    expect(await mount(layer)).toBe(201)
    stand.images.repositories.get('web')?.blobs.set(digest, blob)
    expect(await mount(digest)).toBe(202)
    expect([...(stand.images.repositories.get('other')?.blobs.keys() ?? [])]).toEqual([layer])
  })
})

test('a blob is downloaded from another host, in ranges, and not with the password of the registry', async () => {
  await using stand = await withRepositories('web')
  stand.images.repositories.get('web')?.blobs.set(digest, blob)
  const head = await stand.fetch(`/v2/web/blobs/${digest}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(blob.length)])
  const redirect = await stand.fetch(`/v2/web/blobs/${digest}`)
  expect(redirect.status).toBe(307)
  const url = redirect.headers.get('location') ?? ''
  expect(new URL(url).hostname).not.toBe(stand.ecr.host.split(':')[0])
  expect(await (await fetch(url)).text()).toBe(blob.toString())
  const part = await fetch(url, { headers: { range: 'bytes=2-6' } })
  expect([part.status, await part.text()]).toEqual([206, 'layer'])
  expect(part.headers.get('content-range')).toBe(`bytes 2-6/${blob.length}`)
  const tail = await fetch(url, { headers: { range: 'bytes=-5' } })
  expect(await tail.text()).toBe('sorts')
  expect((await fetch(url, { headers: { range: 'bytes=99-' } })).status).toBe(416)
  const authorized = await fetch(url, { headers: { authorization: basic('anything') } })
  expect([authorized.status, await authorized.text()]).toEqual([
    400,
    expect.stringContaining('Only one auth mechanism allowed'),
  ])
  expect((await stand.fetch(`/v2/web/blobs/sha256:${'0'.repeat(64)}`)).status).toBe(404)
})

test('a manifest comes back byte for byte; only HEAD names its digest, and no PUT its location', async () => {
  await using stand = await withRepositories('web')
  const image = await smallImage()
  const put = await push(stand, image, 'v1')
  expect([put.status, put.headers.get('location')]).toEqual([201, null])
  expect((await push(stand, image, 'v1')).status).toBe(201)
  for (const reference of ['v1', image.manifest.digest]) {
    const got = await stand.fetch(`/v2/web/manifests/${reference}`)
    expect(Buffer.from(await got.arrayBuffer())).toEqual(image.manifest.bytes)
    expect(got.headers.get('content-type')).toBe(image.manifest.mediaType)
    expect(got.headers.get('docker-content-digest')).toBeNull()
    const head = await stand.fetch(`/v2/web/manifests/${reference}`, { method: 'HEAD' })
    expect(head.headers.get('docker-content-digest')).toBe(image.manifest.digest)
  }
  expect((await stand.images.resolve(`${stand.ecr.host}/web:v1`)).digest).toBe(image.manifest.digest)
})

test('an index needs its children, and the platform of the task', async () => {
  await using stand = await withRepositories('web')
  const arm = await smallImage('arm', 'arm64')
  const index = buildIndex({ 'linux/arm64': arm })
  expect((await push(stand, index, 'multi')).status).toBe(400)
  await push(stand, arm, arm.manifest.digest)
  expect((await push(stand, index, 'multi')).status).toBe(201)
  await expect(stand.images.resolve(`${stand.ecr.host}/web:multi`)).rejects.toThrow(
    "image Manifest does not contain descriptor matching platform 'linux/amd64'",
  )
})

test('what is attached to a manifest is listed with it', async () => {
  await using stand = await withRepositories('web')
  const image = await smallImage()
  await push(stand, image, 'v1')
  const { mediaType, digest: subject, bytes } = image.manifest
  const document = JSON.parse(bytes.toString())
  document.subject = { mediaType, digest: subject, size: bytes.length }
  document.artifactType = 'application/vnd.example.signature'
  const put = await stand.fetch('/v2/web/manifests/signature', {
    method: 'PUT',
    headers: { 'content-type': mediaType },
    body: JSON.stringify(document),
  })
  expect(put.headers.get('oci-subject')).toBe(subject)
  const listed = await (await stand.fetch(`/v2/web/referrers/${subject}`)).json()
  expect(listed).toMatchObject({ manifests: [{ artifactType: document.artifactType }] })
  const others = await (await stand.fetch(`/v2/web/referrers/${subject}?artifactType=x`)).json()
  expect(others).toMatchObject({ manifests: [] })
})

test('tags come in pages with an absolute link', async () => {
  await using stand = await withRepositories('web')
  const image = await smallImage()
  for (const tag of ['b', 'a', 'c']) stand.images.push('web', tag, image)
  const first = await stand.fetch('/v2/web/tags/list?n=2')
  expect(await first.json()).toEqual({ name: 'web', tags: ['a', 'b'] })
  const [, next = ''] = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? []
  const { pathname, search } = new URL(next)
  const last = await stand.fetch(pathname + search)
  expect(await last.json()).toEqual({ name: 'web', tags: ['c'] })
  expect(last.headers.get('link')).toBeNull()
  const many = refused(
    'UNSUPPORTED',
    "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'",
  )
  expect(await refusal(await stand.fetch('/v2/web/tags/list?n=1001'))).toEqual([405, many])
})

test.each<[ImageTagMutability, string, number]>([
  ['IMMUTABLE', 'v1', 400],
  ['MUTABLE', 'v1', 201],
])('with %s, a push of another image to %s is answered %i', async (imageTagMutability, tag, status) => {
  await using stand = await testEcr()
  await stand.client.send(new CreateRepositoryCommand({ repositoryName: 'web', imageTagMutability }))
  await push(stand, await smallImage('one'), tag)
  const response = await push(stand, await smallImage('two'), tag)
  expect(response.status).toBe(status)
  if (status === 201) return
  expect(await response.json()).toEqual(
    refused(
      'TAG_INVALID',
      "The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the repository is immutable.",
    ),
  )
})
