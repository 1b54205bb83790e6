import { execFile } from 'node:child_process'
import { mkdir, mkdtempDisposable, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CreateRepositoryCommand, type ImageTagMutability } from '@aws-sdk/client-ecr'
import { describe, expect, test } from 'vitest'
import { missingDocker } from '../../tasks/docker/docker.fixture.ts'
import { type TestEcr, testEcr } from '../ecr.fixture.ts'

const run = promisify(execFile)

interface Builder extends AsyncDisposable {
  stand: TestEcr
  /** Runs `docker buildx build` over a small context and returns what it wrote. */
  build(...options: string[]): Promise<string>
}

/** Real Docker with a configuration of its own, logged in to a testbed's registry that has `web` and `web-cache`. */
async function builder(imageTagMutability: ImageTagMutability = 'MUTABLE'): Promise<Builder> {
  const stand = await testEcr()
  await stand.client.send(new CreateRepositoryCommand({ repositoryName: 'web', imageTagMutability }))
  await stand.client.send(new CreateRepositoryCommand({ repositoryName: 'web-cache' }))
  const directory = await mkdtempDisposable(join(tmpdir(), 'buildx-'))
  const context = join(directory.path, 'context')
  await mkdir(context)
  await writeFile(
    join(context, 'Dockerfile'),
    'FROM scratch AS files\nCOPY a.txt /a.txt\nFROM files\nLABEL a=b\n',
  )
  await writeFile(join(context, 'a.txt'), stand.ecr.host)
  const config = join(directory.path, 'docker')
  await mkdir(config)
  const plugins = join(process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? '', '.docker'), 'cli-plugins')
  await symlink(plugins, join(config, 'cli-plugins'))
  const auth = Buffer.from(`AWS:${stand.ecr.login().password}`).toString('base64')
  await writeFile(join(config, 'config.json'), JSON.stringify({ auths: { [stand.ecr.host]: { auth } } }))
  const env = { ...process.env, DOCKER_CONFIG: config, BUILDX_NO_DEFAULT_ATTESTATIONS: '1' }
  return {
    stand,
    async build(...options) {
      const { stderr } = await run('docker', ['buildx', 'build', ...options, context], { env })
      return stderr
    },
    async [Symbol.asyncDispose]() {
      const { stdout } = await run('docker', ['images', '-q', '--filter', `reference=${stand.ecr.host}/*`])
      const images = [...new Set(stdout.split('\n').filter((id) => id !== ''))]
      if (images.length > 0) await run('docker', ['rmi', '--force', ...images])
      await stand[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

describe.skipIf(missingDocker !== undefined)('Docker: buildx', () => {
  test('pushes to the registry, and the image is what tasks resolve', async () => {
    await using docker = await builder()
    const { ecr, images } = docker.stand
    await docker.build('--push', '-t', `${ecr.host}/web:v1`, '-t', `${ecr.host}/web:v2`)
    const resolved = await images.resolve(`${ecr.host}/web:v1`)
    expect(resolved.digest).toBe((await images.resolve(`${ecr.host}/web:v2`)).digest)
    expect(resolved.config.Labels).toEqual({ a: 'b' })
  })

  test('pushes an index with an attestation, of which tasks get their platform', async () => {
    await using docker = await builder()
    const { ecr, images } = docker.stand
    await docker.build('--push', '--provenance=mode=max', '-t', `${ecr.host}/web:v1`)
    const { digest } = await images.resolve(`${ecr.host}/web:v1`)
    const manifests = images.repositories.get('web')?.manifests
    expect(manifests?.get(digest)?.mediaType).toBe('application/vnd.oci.image.index.v1+json')
    expect(manifests?.size).toBe(3)
  })

  test('keeps its cache in the registry and reads it there', async () => {
    await using docker = await builder()
    const { ecr, images } = docker.stand
    const cache = `type=registry,ref=${ecr.host}/web-cache:main`
    const flags = 'mode=max,image-manifest=true,oci-mediatypes=true'
    await docker.build('--push', '-t', `${ecr.host}/web:v1`, '--cache-to', `${cache},${flags}`)
    expect([...(images.repositories.get('web-cache')?.tags.keys() ?? [])]).toEqual(['main'])
    const log = await docker.build('--push', '-t', `${ecr.host}/web:v2`, '--cache-from', cache)
    expect(log).toContain('CACHED')
    expect(ecr.requests.of('GetDownloadUrlForLayer').map(({ outcome }) => outcome)).toContain(307)
  })

  test.each<[string, (stand: TestEcr) => void, string]>([
    [
      'a repository is missing',
      ({ images }) => images.repositories.delete('web'),
      "repository with name 'web' does not exist",
    ],
    ['the token has expired', ({ ecr }) => ecr.tokens.expire(), '403 Forbidden'],
    ['the token is unknown', ({ ecr }) => ecr.tokens.revoke(), '401 Unauthorized'],
    [
      'the upload is denied',
      ({ credentials }) => credentials.deny('ecr:InitiateLayerUpload'),
      'is not authorized to perform: ecr:InitiateLayerUpload',
    ],
  ])('says when %s', async (_, arrange, text) => {
    await using docker = await builder()
    arrange(docker.stand)
    await expect(docker.build('--push', '-t', `${docker.stand.ecr.host}/web:v1`)).rejects.toThrow(text)
  })

  test('is refused a tag that is immutable, but not the same image again', async () => {
    await using docker = await builder('IMMUTABLE')
    const push = ['--push', '-t', `${docker.stand.ecr.host}/web:v1`]
    await docker.build(...push)
    await docker.build(...push)
    await expect(docker.build(...push, '--label', 'c=d')).rejects.toThrow(
      "The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the repository is immutable.",
    )
  })
})
