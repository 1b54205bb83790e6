import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calling } from './callers.ts'
import { missingTools } from './needed-tools.fixture.ts'
import { type Shop, shop, variables } from './shop.fixture.ts'
import { orders } from './user-repository.ts'

const missing = await missingTools()
const caller = '.github/workflows/caller.yml'
const repository = 'fixed'
const both = { platforms: 'linux/amd64\nlinux/arm64\n' }

describe.skipIf(missing !== undefined)('Docker: a repository with immutable tags, run by act', () => {
  let here: Shop
  const build = (inputs: Record<string, string | boolean>, vars = variables) => {
    const build = { repository, 'build-command': 'mkdir build && cp server.mjs build/', ...inputs }
    // No step of it runs on the platform that it is for.
    const files = { ...orders('v1'), Dockerfile: 'FROM scratch\nCOPY build/server.mjs /\n' }
    const commit = here.repository.commit('Build', { ...files, [caller]: calling('build', build) })
    return here.run(caller, commit, { vars })
  }

  beforeAll(async () => {
    here = await shop()
    // As stacks/registry of example-infra makes it.
    await here.testbed.clients.ecr.createRepository({
      repositoryName: repository,
      imageTagMutability: 'IMMUTABLE',
    })
  })
  afterAll(() => here?.[Symbol.asyncDispose]())

  test('build.yml refuses tags that would move, and names the input', async () => {
    const { exitCode, job } = await build({})
    expect(exitCode).toBe(1)
    expect(job('Build/Image').annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/immutable.*tags/i),
    ])
  })

  test('build.yml only builds, as for a pull request, without credentials', async () => {
    const { exitCode, job, outputs, roles, stderr } = await build({ push: false, ...both }, {})
    expect(exitCode, stderr).toBe(0)
    expect(job('Build/Image').outputs.image).toMatchObject({ outcome: 'built', uri: '' })
    expect(outputs.uri).toBe('')
    expect(roles).toEqual([])
    expect(here.testbed.ecr.requests.all()).toEqual([])
  })

  test('build.yml pushes the fixed tags alone that it is given', async () => {
    const { exitCode, job, outputs, stderr } = await build({ tags: 'branch-sha\nsha\n', ...both })
    expect(exitCode, stderr).toBe(0)
    const { steps, outputs: ofSteps } = job('Build/Image')
    for (const name of ['Set up emulation', 'Set up a builder'])
      expect(steps).toContainEqual({ name, result: 'success' })
    const platforms = JSON.parse(ofSteps.image?.['platform-digests'] ?? '')
    expect(Object.keys(platforms).toSorted()).toEqual(['linux/amd64', 'linux/arm64'])
    const { imageDetails = [] } = await here.testbed.clients.ecr.describeImages({
      repositoryName: repository,
    })
    const tags = imageDetails.flatMap(({ imageTags = [] }) => imageTags)
    const [, commit = ''] = /^main-([0-9a-f]{40})$/.exec(outputs.tag ?? '') ?? []
    expect(new Set(tags)).toEqual(new Set([outputs.tag, commit.slice(0, 7)]))
  })
})
