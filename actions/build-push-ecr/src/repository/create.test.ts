import { systemClock } from '@ecs-release/core'
import { heardLog } from '@ecs-release/core/heard-log'
import { imageJob } from '@ecs-release/testbed'
import { expect, test } from 'vitest'
import { drift, ensureRepository, type FoundRepository, type RepositoryWish } from './create.ts'
import { newestImages } from './lifecycle.ts'

const wish: RepositoryWish = {
  mutability: 'IMMUTABLE_WITH_EXCLUSION',
  mutableTags: ['latest'],
  scanOnPush: true,
  keep: 10,
}
const web: FoundRepository = {
  name: 'web',
  registryId: '111122223333',
  arn: '',
  uri: 'registry.test/web',
  mutability: 'IMMUTABLE_WITH_EXCLUSION',
  exclusions: ['latest'],
  scanOnPush: true,
  lifecycle: { kind: 'unknown' },
}
const policy = (text: string | undefined): FoundRepository => ({
  ...web,
  lifecycle: { kind: 'known', policy: text },
})

test('of ten that create a repository at once, nine find it there and take it', async () => {
  await using job = await imageJob('.', { a: 'a' })
  const surroundings = { clients: { ecr: job.client }, clock: systemClock, log: heardLog(), env: {} }
  const ensured = await Promise.all(
    Array.from({ length: 10 }, () => ensureRepository(surroundings, { name: 'web' }, wish)),
  )
  const outcomes = job.server.calls.of('ecr', 'CreateRepository').map(({ outcome }) => outcome)
  expect(outcomes.filter((outcome) => outcome === 'RepositoryAlreadyExistsException')).toHaveLength(9)
  expect(ensured.filter(({ created }) => created)).toHaveLength(1)
  expect(new Set(ensured.map(({ repository }) => repository.uri))).toEqual(new Set([`${job.ecr.host}/web`]))
  expect(job.server.calls.of('ecr', 'PutLifecyclePolicy')).toHaveLength(1)
})

/** As Terraform or a person may have written it. */
function reordered(text: string): string {
  const { rules } = JSON.parse(text)
  const written = rules.map(({ action, selection, rulePriority }: Record<string, object>) => ({
    action,
    selection: Object.fromEntries(Object.entries(selection ?? {}).toReversed()),
    rulePriority,
    description: 'mine',
  }))
  return JSON.stringify({ rules: written.toReversed() }, null, 2)
}

test.each<[string, FoundRepository, string[]]>([
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
  ['the same policy', policy(newestImages(10).policy), []],
  ['the same rules in another order and under other names', policy(reordered(newestImages(10).policy)), []],
  ['no policy', policy(undefined), ['it has no lifecycle policy, the input lifecycle-keep says 10']],
  [
    'another policy',
    policy(newestImages(30).policy),
    ['its lifecycle policy is another one than that of lifecycle-keep 10'],
  ],
  ['scanning', { ...web, scanOnPush: false }, ['scan-on-push is false, the input says true']],
])('drift: %s', (_, repository, expected) => {
  expect(drift(repository, wish)).toEqual(expected)
})

test.each([
  ['throttling', { kind: 'throttle' }, /AWS throttled ecr:PutLifecyclePolicy.*\nOther jobs or tools use up/],
  ['a 5xx answer', { kind: 'server-error', status: 503 }, /failed inside AWS .*\nRun the step again/],
  ['a lost connection', { kind: 'reset' }, /no answer from AWS .*\nCheck aws-region/],
  [
    'a right that is missing',
    { kind: 'denied' },
    /does not allow ecr:PutLifecyclePolicy.*\nAdd this statement/,
  ],
] as const)(
  'a new repository whose policy cannot be set is there all the same: %s',
  async (_, fault, expected) => {
    await using job = await imageJob('.', { a: 'a' })
    job.faults.inject({ operation: 'PutLifecyclePolicy', fault })
    const warnings: string[] = []
    const log = { ...heardLog(), warning: (text: string) => void warnings.push(text) }
    const surroundings = { clients: { ecr: job.client }, clock: systemClock, log, env: {} }
    expect(await ensureRepository(surroundings, { name: 'web' }, wish)).toMatchObject({ created: true })
    expect(warnings).toEqual([
      expect.stringMatching(/^The new repository web has no lifecycle policy and keeps every image: /),
    ])
    expect(warnings[0]).toMatch(expected)
  },
)

test('the lifecycle policy is of a length that ECR takes, and its rules are in order', () => {
  const text = newestImages(7).policy
  expect(text.length).toBeGreaterThanOrEqual(100)
  const { rules } = JSON.parse(text)
  expect(rules.map((rule: { rulePriority: number }) => rule.rulePriority)).toEqual([1, 2])
  expect(rules[1].selection).toMatchObject({ countType: 'imageCountMoreThan', countNumber: 7 })
})
