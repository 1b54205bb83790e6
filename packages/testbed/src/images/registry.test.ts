import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultPlace } from '../wire/place.ts'
import { buildImage, buildIndex } from './build-image.ts'
import { ImagePullError } from './image.ts'
import { imageRegistry } from './registry.ts'

const host = '111122223333.dkr.ecr.us-east-1.amazonaws.com'
const web = (text: string, architecture = 'amd64') =>
  buildImage({ files: { 'app/server.js': text }, config: { Cmd: ['node', 'server.js'] }, architecture })

describe('resolve', () => {
  test('finds an image by tag, by digest and by both, and lets the digest decide', async () => {
    await using registry = imageRegistry(defaultPlace)
    const v1 = registry.push('web', 'v1', await web('one'))
    const v2 = registry.push('web', 'v2', await web('two'))
    expect(v1).toEqual({ reference: `${host}/web:v1`, uri: `${host}/web@${v1.digest}`, digest: v1.digest })
    expect((await registry.resolve(v1.reference)).digest).toBe(v1.digest)
    expect((await registry.resolve(v1.uri)).digest).toBe(v1.digest)
    expect((await registry.resolve(`${v2.reference}@${v1.digest}`)).digest).toBe(v1.digest)
    expect((await registry.resolve(v2.reference)).config).toEqual({ Cmd: ['node', 'server.js'] })
  })

  test.each([
    ['a missing tag', `${host}/web:v9`],
    ['a missing repository', `${host}/shop:v1`],
    ['a missing digest', `${host}/web:v1@sha256:${'0'.repeat(64)}`],
    ['what is no reference', 'Not A Reference'],
  ])("says %s in Fargate's words", async (_, reference) => {
    await using registry = imageRegistry(defaultPlace)
    registry.push('web', 'v1', await web('one'))
    const message = `pull image manifest has been retried 7 time(s): failed to resolve ref ${reference}: ${reference}: not found`
    await expect(registry.resolve(reference)).rejects.toEqual(new ImagePullError(message))
  })

  test("words Docker Hub's refusal as Docker Hub does", async () => {
    await using registry = imageRegistry(defaultPlace)
    await expect(registry.resolve('nginx')).rejects.toThrow(
      /failed to resolve ref docker\.io\/library\/nginx:latest: pull access denied, repository does not exist/,
    )
  })

  test('tells the missing and the forbidden of another account no better apart than ECR does', async () => {
    await using registry = imageRegistry(defaultPlace)
    const theirs = '444455556666.dkr.ecr.us-east-1.amazonaws.com'
    await expect(registry.resolve(`${theirs}/web:v1`)).rejects.toThrow(
      `failed to resolve ref ${theirs}/web:v1: pulling from host ${theirs} failed with status code [manifests v1]: 403 Forbidden`,
    )
  })

  test('pulls an image by itself whatever it is for: only an index is searched for the platform', async () => {
    await using registry = imageRegistry(defaultPlace)
    const { reference } = registry.push('web', 'arm', await web('one', 'arm64'))
    expect((await registry.resolve(reference, 'linux/amd64')).architecture).toBe('arm64')
  })

  test('refuses an index without the platform', async () => {
    await using registry = imageRegistry(defaultPlace)
    const index = buildIndex({ 'linux/arm64': await web('one', 'arm64') })
    const { reference } = registry.push('web', 'arm', index)
    await expect(registry.resolve(reference)).rejects.toThrow(
      "image Manifest does not contain descriptor matching platform 'linux/amd64'",
    )
    expect((await registry.resolve(reference, 'linux/arm64')).architecture).toBe('arm64')
  })

  test("names an index by its own digest and unpacks its platform's image", async () => {
    await using registry = imageRegistry(defaultPlace)
    const images = { 'linux/arm64': await web('arm', 'arm64'), 'linux/amd64': await web('intel') }
    const pushed = registry.push('web', 'v1', buildIndex(images))
    const image = await registry.resolve(pushed.reference)
    expect(image.digest).toBe(pushed.digest)
    expect(await readFile(join(await image.unpack(), 'app/server.js'), 'utf8')).toBe('intel')
  })
})

test('a tag moves with retag and goes with remove, the digest stays until it is removed itself', async () => {
  await using registry = imageRegistry(defaultPlace)
  const v1 = registry.push('web', 'v1', await web('one'))
  const v2 = registry.push('web', 'v2', await web('two'))
  registry.retag('web', v2.digest, 'v1')
  expect((await registry.resolve(v1.reference)).digest).toBe(v2.digest)
  expect(registry.remove('web', 'v1')).toBe(true)
  await expect(registry.resolve(v1.reference)).rejects.toThrow(ImagePullError)
  expect((await registry.resolve(v1.uri)).digest).toBe(v1.digest)
  expect(registry.remove('web', v1.digest)).toBe(true)
  await expect(registry.resolve(v1.uri)).rejects.toThrow(ImagePullError)
  expect(registry.remove('web', 'v9')).toBe(false)
  expect(() => registry.retag('web', 'v9', 'v1')).toThrow('There is no v9 in repository web')
})

test('an image is unpacked once, with executable scripts, and removed on disposal', async () => {
  const registry = imageRegistry(defaultPlace)
  const image = await buildImage({
    files: { 'bin/start': '#!/bin/sh\n', 'app/data.json': '{}' },
    config: {},
  })
  const { reference, uri } = registry.push('web', 'v1', image)
  const resolved = [await registry.resolve(reference), await registry.resolve(uri)]
  const [root = '', again] = await Promise.all(resolved.map((found) => found.unpack()))
  expect(again).toBe(root)
  expect((await stat(join(root, 'bin/start'))).mode & 0o777).toBe(0o755)
  expect((await stat(join(root, 'app/data.json'))).mode & 0o777).toBe(0o644)
  await registry[Symbol.asyncDispose]()
  expect(existsSync(root)).toBe(false)
})
