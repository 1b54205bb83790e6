import { join } from 'node:path'
import {
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr'
import { type ImageJob, imageJob, withoutContainerdStore } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { changes } from './registry-state.fixture.ts'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutContainerdStore()

const CREATE = {
  repository: 'web',
  tags: 'branch-sha\nlatest',
  'create-repository': true,
  'tag-mutability': 'IMMUTABLE_WITH_EXCLUSION',
}

/** All that the API and other clients of it can know of the repository. */
async function state({ client }: ImageJob) {
  const { repositories } = await client.send(new DescribeRepositoriesCommand({ repositoryNames: ['web'] }))
  const resourceArn = repositories?.[0]?.repositoryArn
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }))
  const policy = await client
    .send(new GetLifecyclePolicyCommand({ repositoryName: 'web' }))
    .catch(() => undefined)
  return { repository: repositories?.[0], tags, policy: policy?.lifecyclePolicyText }
}

describe.skipIf(missing !== undefined)('Docker: the repository', () => {
  test('is created by one of ten jobs that all see it missing, and each of them ends well', async () => {
    await using here = await imageJob(action, FILES)
    const named = (operation: string) =>
      here.server.calls.of('ecr', operation).filter(({ input }) => JSON.stringify(input).includes('"web"'))
    const held = Promise.withResolvers<void>()
    const hold = { kind: 'hold', until: held.promise } as const
    using _ = here.faults.inject({ operation: 'DescribeRepositories', fault: hold })
    const running = Promise.all(Array.from({ length: 10 }, () => here.step({ ...CREATE, cache: 'off' })))
    await expect.poll(() => named('DescribeRepositories').length, { timeout: 60_000 }).toBe(10)
    held.resolve()
    const runs = await running
    for (const run of runs) expect(run.conclusion, run.log).toBe('success')
    expect(runs.filter(({ outputs }) => outputs['repository-created'] === 'true')).toHaveLength(1)
    const outcomes = named('CreateRepository').map(({ outcome }) => outcome)
    expect(outcomes.toSorted()).toEqual([...Array(9).fill('RepositoryAlreadyExistsException'), 'ok'])
    expect(named('PutLifecyclePolicy')).toHaveLength(1)

    const { repository, policy, tags } = await state(here)
    expect(repository).toMatchObject({
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest' }],
      imageScanningConfiguration: { scanOnPush: true },
    })
    expect(policy).toContain('"countNumber":10')
    expect(tags).toEqual([
      { Key: 'created-by', Value: 'ecs-release-actions/build-push-ecr' },
      { Key: 'github-repository', Value: 'octo-org/shop' },
    ])
  }, 120_000)

  test('is not created with tags that could not move, and the input that makes them move is named', async () => {
    await using here = await imageJob(action, FILES)
    const { tags: _, ...inputs } = CREATE
    await using refused = await here.step(inputs)
    expect(refused.annotations[0]?.message).toBe(
      'tags: main could not move in the new repository web (IMMUTABLE_WITH_EXCLUSION, mutable-tags latest)\nSet mutable-tags: "latest\\nmain", or leave branch out of tags.',
    )
    expect(changes(here)).toEqual([])
    await using run = await here.step({ ...inputs, 'mutable-tags': 'latest\nmain', cache: 'off' })
    expect(run.conclusion, run.log).toBe('success')
  })

  test('for the cache keeps no number of caches, so that busy branches leave a quiet one its own', async () => {
    await using here = await imageJob(action, FILES)
    await using run = await here.step(CREATE)
    expect(run.conclusion, run.log).toBe('success')
    expect(run.log).toMatch(/Created the repository \S+\/web-cache \(MUTABLE, keeps caches for 90 days\)/)
    const command = new GetLifecyclePolicyCommand({ repositoryName: 'web-cache' })
    const { lifecyclePolicyText = '' } = await here.client.send(command)
    const { rules } = JSON.parse(lifecyclePolicyText)
    expect(rules.map(({ selection }: { selection: object }) => selection)).toEqual([
      { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1 },
      {
        tagStatus: 'tagged',
        tagPatternList: ['*'],
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: 90,
      },
    ])
    expect((await state(here)).policy).toContain('imageCountMoreThan')
  })

  test('that exists is never changed, and a notice tells how it differs', async () => {
    await using here = await imageJob(action, FILES)
    await here.repository('web')
    await here.repository('web-cache')
    const [before, calls] = [await state(here), here.server.calls.all().length]
    await using run = await here.step(CREATE)
    expect(run.conclusion, run.log).toBe('success')
    expect(run.outputs['repository-created']).toBe('false')
    expect(run.annotations).toMatchObject([
      {
        level: 'notice',
        message:
          'The repository web is left as it is: tag-mutability is MUTABLE, the input says IMMUTABLE_WITH_EXCLUSION; scan-on-push is false, the input says true; it has no lifecycle policy, the input lifecycle-keep says 10',
      },
    ])
    expect(changes(here, calls)).toEqual(['PutImage'])
    expect(await state(here)).toEqual(before)
  })
})
