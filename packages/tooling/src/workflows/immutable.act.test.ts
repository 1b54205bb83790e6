import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calling } from './callers.ts'
import { missingTools } from './needed-tools.fixture.ts'
import { type Shop, shop } from './shop.fixture.ts'
import { orders } from './user-repository.ts'

const caller = '.github/workflows/caller.yml'
const repository = 'fixed'

describe.skipIf(missingTools !== undefined)('Docker: a repository with immutable tags, run by act', () => {
  let here: Shop
  const build = (inputs: Record<string, string>) => {
    const build = { repository, 'build-command': 'mkdir build && cp server.mjs build/', ...inputs }
    return here.run(
      caller,
      here.repository.commit('Build', { ...orders('v1'), [caller]: calling('build', build) }),
    )
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

  test('build.yml pushes the fixed tags alone that it is given', async () => {
    const { exitCode, outputs, stderr } = await build({ tags: 'branch-sha\nsha\n' })
    expect(exitCode, stderr).toBe(0)
    const { imageDetails = [] } = await here.testbed.clients.ecr.describeImages({
      repositoryName: repository,
    })
    const tags = imageDetails.flatMap(({ imageTags = [] }) => imageTags)
    const [, commit = ''] = /^main-([0-9a-f]{40})$/.exec(outputs.tag ?? '') ?? []
    expect(new Set(tags)).toEqual(new Set([outputs.tag, commit.slice(0, 7)]))
  })
})
