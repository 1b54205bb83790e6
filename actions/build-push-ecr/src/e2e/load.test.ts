import { join } from 'node:path'
import { imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { docker } from './docker.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\nCMD ["/b"]\n', b: 'b' }
const missing = await withoutDocker()

const job = () => imageJob(action, FILES)

describe.skipIf(missing !== undefined)('Docker: into the local engine', () => {
  test('an image is pushed and loaded, and its digest is the one in the registry', async () => {
    await using here = await job()
    await here.repository('web')
    await using run = await here.step({ repository: 'web', load: true })
    expect(run.conclusion, run.log).toBe('success')
    const stored = await here.images.resolve(`${here.ecr.host}/web:main-${here.commit}`)
    expect(run.outputs.digest).toBe(stored.digest)
    const local = run.outputs['local-image'] ?? ''
    expect(local).toBe(`${here.ecr.host}/web:main-${here.commit}`)
    expect(
      JSON.parse(await docker(here, 'image', 'inspect', local, '--format', '{{json .Config.Cmd}}')),
    ).toEqual(['/b'])
    await docker(here, 'image', 'rm', local)
  })

  test('an image that is reused comes from the registry', async () => {
    await using here = await job()
    await here.repository('web')
    await using first = await here.step({ repository: 'web' })
    expect(first.outputs).toMatchObject({ outcome: 'pushed', 'local-image': '' })
    await using run = await here.step({ repository: 'web', load: true })
    expect(run.conclusion, run.log).toBe('success')
    expect(run.outputs).toMatchObject({ outcome: 'no-change', reused: 'true', digest: first.outputs.digest })
    const local = run.outputs['local-image'] ?? ''
    const digests = await docker(here, 'image', 'inspect', local, '--format', '{{json .RepoDigests}}')
    expect(digests).toContain(`@${first.outputs.digest}`)
    expect(run.summary).toContain('In the local engine')
    await docker(here, 'image', 'rm', local)
  })

  test('without Region and credentials an image is built, tried, and pushed by a later step', async () => {
    await using here = await job()
    await here.repository('web')
    const bare = {
      HOME: here.home,
      DOCKER_CONFIG: here.env.DOCKER_CONFIG ?? '',
      DOCKER_HOST: here.env.DOCKER_HOST ?? '',
    }
    await using built = await here.step({ repository: 'web', push: false, load: true }, { env: bare })
    expect(built.conclusion, built.log).toBe('success')
    expect(built.outputs).toMatchObject({
      outcome: 'built',
      findings: '[]',
      'local-image': `web:main-${here.commit}`,
    })
    await docker(here, 'image', 'inspect', built.outputs['local-image'] ?? '')
    await docker(here, 'image', 'rm', built.outputs['local-image'] ?? '')
    expect(here.server.calls.all().filter(({ operation }) => operation !== 'CreateRepository')).toEqual([])
    await using pushed = await here.step({ repository: 'web' })
    expect(pushed.outputs, pushed.log).toMatchObject({ outcome: 'pushed', 'cache-hit': 'true' })
    await using without = await here.step({ repository: 'web' }, { env: bare })
    expect(without.annotations[0]?.message).toContain('aws-region: is required')
  })

  test('without push nothing is asked of AWS that a fork may not ask', async () => {
    await using here = await job()
    here.credentials.expire()
    await using run = await here.step({ repository: 'web', push: false })
    expect(run.conclusion, run.log).toBe('success')
    expect(run.outputs).toMatchObject({ digest: '', message: expect.stringMatching(/nothing was pushed/) })
  })

  test('an image is loaded to be tried before it is pushed, and its cache is only read', async () => {
    await using here = await job()
    await here.repository('web')
    await here.repository('web-cache')
    await using run = await here.step({ repository: 'web', push: false, load: true })
    expect(run.conclusion, run.log).toBe('success')
    const image = `${here.ecr.host}/web:main-${here.commit}`
    await docker(here, 'image', 'inspect', image)
    expect(here.ecr.requests.of('PutImage')).toEqual([])
    expect(here.images.repositories.get('web-cache')?.tags.size ?? 0).toBe(0)
    await docker(here, 'image', 'rm', image)
  })
})
