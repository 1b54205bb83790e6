import { githubLog, systemClock } from '@ecs-release/core'
import { imageJob } from '@ecs-release/testbed'
import { expect, test } from 'vitest'
import { drift, ensureRepository, lifecyclePolicy, type RepositoryWish } from './create.ts'

const wish: RepositoryWish = {
  mutability: 'IMMUTABLE_WITH_EXCLUSION',
  mutableTags: ['latest'],
  scanOnPush: true,
  keep: 10,
}
const web = {
  name: 'web',
  registryId: '111122223333',
  arn: '',
  uri: 'registry.test/web',
  mutability: 'IMMUTABLE_WITH_EXCLUSION',
  exclusions: ['latest'],
  scanOnPush: true,
}

test('of ten that create a repository at once, nine find it there and take it', async () => {
  await using job = await imageJob('.', { a: 'a' })
  const surroundings = { clients: { ecr: job.client }, clock: systemClock, log: githubLog(), env: {} }
  const ensured = await Promise.all(
    Array.from({ length: 10 }, () => ensureRepository(surroundings, { name: 'web' }, wish)),
  )
  const outcomes = job.server.calls.of('ecr', 'CreateRepository').map(({ outcome }) => outcome)
  expect(outcomes.filter((outcome) => outcome === 'RepositoryAlreadyExistsException')).toHaveLength(9)
  expect(ensured.filter(({ created }) => created)).toHaveLength(1)
  expect(new Set(ensured.map(({ repository }) => repository.uri))).toEqual(new Set([`${job.ecr.host}/web`]))
  expect(job.server.calls.of('ecr', 'PutLifecyclePolicy')).toHaveLength(1)
})

test.each([
  ['nothing', web, []],
  [
    'mutability',
    { ...web, mutability: 'MUTABLE' },
    ['tag-mutability is MUTABLE, the input says IMMUTABLE_WITH_EXCLUSION'],
  ],
  [
    'filters',
    { ...web, exclusions: ['main', 'latest'] },
    ['mutable-tags is latest main, the input says latest'],
  ],
  ['scanning', { ...web, scanOnPush: false }, ['scan-on-push is false, the input says true']],
])('drift: %s', (_, repository, expected) => {
  expect(drift(repository, wish)).toEqual(expected)
})

test('the lifecycle policy is of a length that ECR takes, and its rules are in order', () => {
  const text = lifecyclePolicy(7)
  expect(text.length).toBeGreaterThanOrEqual(100)
  const { rules } = JSON.parse(text)
  expect(rules.map((rule: { rulePriority: number }) => rule.rulePriority)).toEqual([1, 2])
  expect(rules[1].selection).toMatchObject({ countType: 'imageCountMoreThan', countNumber: 7 })
})
