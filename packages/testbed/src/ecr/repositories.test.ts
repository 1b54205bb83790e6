import {
  CreateRepositoryCommand,
  type CreateRepositoryRequest,
  DeleteLifecyclePolicyCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  paginateDescribeRepositories,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { smallImage, testEcr } from './ecr.fixture.ts'

const missing = "The repository with name 'web' does not exist in the registry with id '111122223333'"

test('a repository answers what it was created with, at the address where the registry listens', async () => {
  await using stand = await testEcr()
  const request = {
    repositoryName: 'team/web',
    imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest' }],
    imageScanningConfiguration: { scanOnPush: true },
  } satisfies CreateRepositoryRequest
  const { repository } = await stand.client.send(
    new CreateRepositoryCommand({ ...request, tags: [{ Key: 'app', Value: 'web' }] }),
  )
  expect(repository).toEqual({
    ...request,
    repositoryArn: 'arn:aws:ecr:us-east-1:111122223333:repository/team/web',
    registryId: '111122223333',
    repositoryUri: `${stand.ecr.host}/team/web`,
    createdAt: new Date(stand.clock.now()),
    encryptionConfiguration: { encryptionType: 'AES256' },
  })
  const described = await stand.client.send(new DescribeRepositoriesCommand({}))
  expect(described.repositories).toEqual([repository])
})

test('of ten callers at once exactly one creates the repository', async () => {
  await using stand = await testEcr()
  const calls = Array.from({ length: 10 }, () =>
    stand.client.send(new CreateRepositoryCommand({ repositoryName: 'web' })),
  )
  const outcomes = await Promise.allSettled(calls)
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused).toHaveLength(9)
  for (const error of refused) {
    expect(error).toMatchObject({
      name: 'RepositoryAlreadyExistsException',
      message: "The repository with name 'web' already exists in the registry with id '111122223333'",
    })
  }
})

test.each<[string, CreateRepositoryRequest, string]>([
  ['an upper-case name', { repositoryName: 'Web' }, 'InvalidParameterException'],
  ['a name of one letter', { repositoryName: 'w' }, 'InvalidParameterException'],
  [
    'exclusions without filters',
    { repositoryName: 'web', imageTagMutability: 'MUTABLE_WITH_EXCLUSION' },
    'InvalidParameterException',
  ],
  [
    'filters without exclusions',
    {
      repositoryName: 'web',
      imageTagMutability: 'IMMUTABLE',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest' }],
    },
    'InvalidParameterException',
  ],
  [
    'a filter with three wildcards',
    {
      repositoryName: 'web',
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: '*a*b*' }],
    },
    'InvalidParameterException',
  ],
  [
    'a tag of AWS',
    { repositoryName: 'web', tags: [{ Key: 'aws:x', Value: '1' }] },
    'InvalidTagParameterException',
  ],
])('CreateRepository refuses %s', async (_, request, name) => {
  await using stand = await testEcr()
  await expect(stand.client.send(new CreateRepositoryCommand(request))).rejects.toMatchObject({ name })
  expect(stand.images.repositories.size).toBe(0)
})

test('repositories come in pages by name, and by names only when all are there', async () => {
  await using stand = await testEcr()
  for (const repositoryName of ['c0', 'a0', 'b0']) {
    await stand.client.send(new CreateRepositoryCommand({ repositoryName }))
  }
  const pages = []
  for await (const page of paginateDescribeRepositories({ client: stand.client, pageSize: 2 }, {})) {
    pages.push(page.repositories?.map(({ repositoryName }) => repositoryName))
  }
  expect(pages).toEqual([['a0', 'b0'], ['c0']])
  const some = new DescribeRepositoriesCommand({ repositoryNames: ['a0', 'web'] })
  await expect(stand.client.send(some)).rejects.toMatchObject({
    name: 'RepositoryNotFoundException',
    message: missing,
  })
  const elsewhere = new DescribeRepositoriesCommand({ repositoryNames: ['a0'], registryId: '444455556666' })
  await expect(stand.client.send(elsewhere)).rejects.toThrow("with id '444455556666'")
})

test('a repository with images goes only by force, and begins anew', async () => {
  await using stand = await testEcr()
  const repositoryName = 'web'
  await stand.client.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }))
  stand.images.push('web', 'v1', await smallImage())
  await expect(stand.client.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
    name: 'RepositoryNotEmptyException',
  })
  await stand.client.send(new DeleteRepositoryCommand({ repositoryName, force: true }))
  await expect(stand.client.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toThrow(missing)
  const again = await stand.client.send(new CreateRepositoryCommand({ repositoryName }))
  expect(again.repository?.imageTagMutability).toBe('MUTABLE')
})

test('mutability, scanning and tags change after creation', async () => {
  await using stand = await testEcr()
  const { client } = stand
  const created = await client.send(new CreateRepositoryCommand({ repositoryName: 'web' }))
  const resourceArn = created.repository?.repositoryArn
  const filters = [{ filterType: 'WILDCARD', filter: 'v*' } as const]
  const changed = await client.send(
    new PutImageTagMutabilityCommand({
      repositoryName: 'web',
      imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: filters,
    }),
  )
  expect(changed.imageTagMutabilityExclusionFilters).toEqual(filters)
  const imageScanningConfiguration = { scanOnPush: true }
  await client.send(
    new PutImageScanningConfigurationCommand({ repositoryName: 'web', imageScanningConfiguration }),
  )
  const { repositories } = await client.send(new DescribeRepositoriesCommand({ repositoryNames: ['web'] }))
  expect(repositories?.[0]).toMatchObject({
    imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
    imageScanningConfiguration,
  })
  const tags = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ]
  await client.send(new TagResourceCommand({ resourceArn, tags }))
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
  const listed = await client.send(new ListTagsForResourceCommand({ resourceArn }))
  expect(listed.tags).toEqual([{ Key: 'b', Value: '2' }])
})

test('a lifecycle policy is kept to the letter until it is deleted', async () => {
  await using stand = await testEcr()
  const repositoryName = 'web'
  await stand.client.send(new CreateRepositoryCommand({ repositoryName }))
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 }
  const rules = [{ rulePriority: 1, description: 'keep ten', selection, action: { type: 'expire' } }]
  const lifecyclePolicyText = JSON.stringify({ rules }, undefined, 1)
  await stand.client.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }))
  const got = await stand.client.send(new GetLifecyclePolicyCommand({ repositoryName }))
  expect(got.lifecyclePolicyText).toBe(lifecyclePolicyText)
  const twice = JSON.stringify({ rules: [...rules, ...rules] })
  const put = new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: twice })
  await expect(stand.client.send(put)).rejects.toThrow('rule priorities must be unique')
  await stand.client.send(new DeleteLifecyclePolicyCommand({ repositoryName }))
  await expect(stand.client.send(new GetLifecyclePolicyCommand({ repositoryName }))).rejects.toMatchObject({
    name: 'LifecyclePolicyNotFoundException',
  })
})

test('a denial names the repository', async () => {
  await using stand = await testEcr()
  stand.credentials.deny('ecr:CreateRepository')
  const create = new CreateRepositoryCommand({ repositoryName: 'web' })
  await expect(stand.client.send(create)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      'ecr:CreateRepository on resource: arn:aws:ecr:us-east-1:111122223333:repository/web because',
    ),
  })
})
